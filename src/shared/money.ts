import { currencyExponent } from './currency.ts';
import { InvalidInputError } from './domain-error.ts';
import { invariant } from './invariant.ts';
import { quoted } from './quoted.ts';

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/** An exact amount: integer minor units of one ISO 4217 currency. Immutable. */
export class Money {
  readonly minor: bigint;
  readonly currency: string;

  private constructor(minor: bigint, currency: string) {
    this.minor = minor;
    this.currency = currency;
  }

  /** @throws InvalidInputError for an unknown currency. */
  static ofMinor(minor: bigint, currency: string): Money {
    currencyExponent(currency);
    return new Money(minor, currency);
  }

  static zero(currency: string): Money {
    return Money.ofMinor(0n, currency);
  }

  /**
   * Reads a decimal string in major units, `"12.50"`.
   *
   * @throws InvalidInputError when the text is no decimal number, or has more decimals than the currency.
   */
  static parse(text: string, currency: string): Money {
    const exponent = currencyExponent(currency);
    const match = DECIMAL.exec(text);
    if (!match) throw new InvalidInputError('amount', `${quoted(text)} is not an amount such as "12.50".`);
    const [, sign, whole = '', fraction = ''] = match;
    if (fraction.length > exponent) {
      throw new InvalidInputError('amount', `${quoted(text)} has more than the ${exponent} decimals of ${currency}.`);
    }
    const minor = BigInt(whole + fraction.padEnd(exponent, '0'));
    return new Money(sign === '-' ? -minor : minor, currency);
  }

  plus(other: Money): Money {
    invariant(other.currency === this.currency, `${this.currency} and ${other.currency} do not add up`);
    return new Money(this.minor + other.minor, this.currency);
  }

  minus(other: Money): Money {
    return this.plus(other.negated());
  }

  negated(): Money {
    return new Money(-this.minor, this.currency);
  }

  equals(other: Money): boolean {
    return this.minor === other.minor && this.currency === other.currency;
  }

  /** Major units with exactly the decimals of the currency: `"12.50"`. */
  toDecimal(): string {
    const exponent = currencyExponent(this.currency);
    const digits = (this.minor < 0n ? -this.minor : this.minor).toString().padStart(exponent + 1, '0');
    const sign = this.minor < 0n ? '-' : '';
    if (exponent === 0) return sign + digits;
    return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  }

  toString(): string {
    return `${this.toDecimal()} ${this.currency}`;
  }
}

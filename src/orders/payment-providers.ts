import { InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** The providers that this installation works with, by name. */
export class PaymentProviders {
  readonly #byName: ReadonlyMap<string, PaymentProvider>;

  constructor(providers: readonly PaymentProvider[]) {
    this.#byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  find(name: string): PaymentProvider | null {
    return this.#byName.get(name) ?? null;
  }

  /** The provider of a payment that we have. */
  get(name: string): PaymentProvider {
    return present(this.find(name), `the payment provider ${name}`);
  }

  /** @throws InvalidInputError when no provider takes the method */
  forMethod(method: string): PaymentProvider {
    const provider = this.find(method.split(':', 1)[0] ?? '');
    if (provider?.accepts(method)) return provider;
    throw new InvalidInputError('paymentMethod', 'No payment provider takes this method. Try "sandbox:ok".');
  }
}

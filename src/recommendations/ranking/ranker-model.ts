import { deserialize, serialize } from 'node:v8';
import { type CalibratedMachine, FactorisationMachine, type PlattLine } from '../../math/ranker/index.ts';
import type { RankerLayout } from './ranker-columns.ts';

/** A version of the ranker as feeds use it. */
export interface RankerModel {
  readonly layout: RankerLayout;
  readonly click: CalibratedMachine;
  /** Of what was clicked; null where too little is known of conversions. */
  readonly conversion: CalibratedMachine | null;
  /** When the latest feed was made that it has learnt from, in milliseconds since 1970. */
  readonly learntUntilMs: number;
}

/** A number that changes with the form of the bytes: those of another form are read as none. */
const FORM = 1;

interface PackedMachine {
  readonly parts: FactorisationMachine['parts'];
  readonly line: PlattLine;
}

interface Packed extends Omit<RankerModel, 'click' | 'conversion'> {
  readonly form: number;
  readonly click: PackedMachine;
  readonly conversion: PackedMachine | null;
}

export function packRanker({ click, conversion, ...rest }: RankerModel): Uint8Array {
  const packed: Packed = {
    form: FORM,
    ...rest,
    click: packMachine(click),
    conversion: conversion && packMachine(conversion),
  };
  return serialize(packed);
}

/** Null for bytes of another form. @throws Error for bytes that are no version of the ranker */
export function unpackRanker(bytes: Uint8Array): RankerModel | null {
  const { form, click, conversion, ...rest } = deserialize(bytes) as Packed;
  if (form !== FORM) return null;
  return { ...rest, click: unpackMachine(click), conversion: conversion && unpackMachine(conversion) };
}

function packMachine({ machine, line }: CalibratedMachine): PackedMachine {
  return { parts: machine.parts, line };
}

function unpackMachine({ parts, line }: PackedMachine): CalibratedMachine {
  return { machine: new FactorisationMachine(parts), line };
}

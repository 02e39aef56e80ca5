import { isObject, isStrings, propertyOf } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { invalidArgument } from './errors.ts';

/** RFC 8620 §1.2. */
const idPattern = /^[A-Za-z0-9_-]{1,255}$/u;

/**
 * Reads the arguments of a method call by type. A null or left-out argument is its default (RFC 8620 §3.5);
 * anything of another type is *invalidArguments*, with the name of the argument.
 */
export type Arguments = {
  /** As they were given. */
  readonly all: JsonObject;
  id(name: string): string;
  optionalId(name: string): string | null;
  /** An array of ids; unknown ones are for the method to report, whatever they look like. */
  ids(name: string): readonly string[];
  optionalIds(name: string): readonly string[] | null;
  string(name: string): string;
  optionalString(name: string): string | null;
  optionalStrings(name: string): readonly string[] | null;
  boolean(name: string, fallback: boolean): boolean;
  integer(name: string, fallback: number): number;
  /** UnsignedInt|null; `least` is the smallest that is allowed. */
  optionalUnsigned(name: string, least?: number): number | null;
  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T;
  optionalObject(name: string): JsonObject | null;
  optionalArray(name: string): readonly Json[] | null;
};

/** Whether a text has the form of an Id (RFC 8620 §1.2). */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

/** A reader for these arguments. */
export function readArguments(given: JsonObject): Arguments {
  const optional = <T extends Json>(name: string, is: (value: Json) => value is T, expected: string): T | null => {
    const value = propertyOf(given, name) ?? null;
    if (value === null) return null;
    if (!is(value)) throw invalidArgument(name, `must be ${expected}`);
    return value;
  };
  const required = <T extends Json>(name: string, is: (value: Json) => value is T, expected: string): T => {
    const value = optional(name, is, expected);
    if (value === null) throw invalidArgument(name, `is required and must be ${expected}`);
    return value;
  };
  return {
    all: given,
    id: (name) => required(name, isId, 'an Id'),
    optionalId: (name) => optional(name, isId, 'an Id'),
    ids: (name) => required<readonly string[]>(name, isStrings, 'an array of Ids'),
    optionalIds: (name) => optional<readonly string[]>(name, isStrings, 'an array of Ids'),
    string: (name) => required(name, isString, 'a String'),
    optionalString: (name) => optional(name, isString, 'a String'),
    optionalStrings: (name) => optional<readonly string[]>(name, isStrings, 'an array of Strings'),
    boolean: (name, fallback) => optional(name, isBoolean, 'a Boolean') ?? fallback,
    integer: (name, fallback) => optional(name, isInteger, 'an Int') ?? fallback,
    optionalUnsigned: (name, least = 0) => {
      const value = optional(name, isInteger, 'an UnsignedInt');
      if (value !== null && value < least) throw invalidArgument(name, `must be at least ${least}`);
      return value;
    },
    oneOf: (name, values, fallback) => {
      const value = optional(name, isString, 'a String');
      if (value === null) return fallback;
      const found = values.find((candidate) => candidate === value);
      if (found === undefined) throw invalidArgument(name, `must be one of ${values.join(', ')}`);
      return found;
    },
    optionalObject: (name) => optional<JsonObject>(name, isObject, 'an object'),
    optionalArray: (name) => optional<readonly Json[]>(name, Array.isArray, 'an array'),
  };
}

function isString(value: Json): value is string {
  return typeof value === 'string';
}

function isBoolean(value: Json): value is boolean {
  return typeof value === 'boolean';
}

/** RFC 8620 §1.3: within ±(2^53-1). */
function isInteger(value: Json): value is number {
  return Number.isSafeInteger(value);
}

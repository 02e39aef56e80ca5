import { readGeneralizedTime } from './generalizedTime.ts';

/** Whether one value of an attribute says that an account is locked or over. */
type Rule = (value: string, now: Date) => boolean;

const day = 86_400_000;
// Windows counts tenths of microseconds from 1601; both of these mean never (MS-ADA1 accountExpires).
const windowsEpoch = 11_644_473_600_000;
const never = ['0', '9223372036854775807'];
const disabled = 2;

/** What is not here counts as locked when it is true. */
const rules: Readonly<Record<string, Rule>> = {
  // A time is a lock that guessing has brought about and that passes: it must not end the sessions of the one guessed at.
  pwdaccountlockedtime: (value) => value.startsWith('000001010000'),
  pwdendtime: (value, now) => isPast(readGeneralizedTime(value), now),
  // Days since 1970; an account without an end has -1 or nothing (shadow(5)).
  shadowexpire: (value, now) => Number(value) > 0 && Number(value) * day <= now.getTime(),
  useraccountcontrol: (value) => (Number(value) & disabled) !== 0,
  accountexpires: (value, now) => !never.includes(value) && Number(value) / 10_000 - windowsEpoch <= now.getTime(),
  // SUPANN: « {COMPTE}A » is an active account, I one that is not, S one that is suspended.
  supannressourceetat: (value) => /^\{COMPTE\}\s*[IS]/iu.test(value),
};

/** Whether the value of this attribute locks the account. */
export function isLockedBy(attribute: string, value: string, now: Date): boolean {
  return (rules[attribute.toLowerCase()] ?? isTrue)(value, now);
}

/** Whether a value means yes. */
export function isTrue(value: string): boolean {
  return /^(?:true|yes|oui|on|1)$/iu.test(value);
}

function isPast(time: Date | null, now: Date): boolean {
  return time !== null && time <= now;
}

/** A time as directories write it (RFC 4517 §3.3.13): `20261125224258Z`, `20261125224258.0Z`; null: something else. */
export function readGeneralizedTime(text: string): Date | null {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(?:Z|([+-])(\d\d)(\d\d)?)$/u.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute = '0', second = '0', , sign, zoneHour = '0', zoneMinute = '0'] = match;
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return new Date(time - zone * 60_000);
}

/** The time in seconds; Active Directory wants the fraction, everybody else takes it, too. */
export function writeGeneralizedTime(time: Date): string {
  return `${time.toISOString().replaceAll(/[-:T]/gu, '').slice(0, 14)}.0Z`;
}

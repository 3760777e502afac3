/** The day and the time of day of a moment in UTC, `2024-02-29` and `12:30:00`, with `.500` where there is a fraction. */
export function dateParts(moment: Date): { readonly day: string; readonly time: string } {
  // Years before 0 and after 9999 have more digits.
  const iso = moment.toISOString();
  const middle = iso.indexOf('T');
  const end = moment.getUTCMilliseconds() === 0 ? -'.000Z'.length : -'Z'.length;
  return { day: iso.slice(0, middle), time: iso.slice(middle + 1, end) };
}

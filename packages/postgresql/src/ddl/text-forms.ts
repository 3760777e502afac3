const minutes = ':[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?';
const time = `[0-9]{1,2}${minutes}`;
const zone = '( ?(z|utc|[-+][0-9]{1,2}(:?[0-9]{2}){0,2}))?';
const date = '[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}';
const duration = `([-+]?[0-9]+( ?[a-z]+|${minutes}))`;

/**
 * How a text is written, as a regular expression, that says what a type makes of it, no more and no less. `12` does not
 * say that it is seconds, `yes` does not say `true`, `now` says another moment every time, what day `01/02/2024` is
 * depends on the session, and `2024-01-02` is the address 20:24:00:01:00:02 to a type of these
 * (postgresql.org/docs/current/datatype-datetime.html, datatype-boolean.html).
 */
export const textForms = {
  day: whole(`-?infinity|${date}([ t]${time})?${zone}( bc)?`),
  time: whole(`${time}${zone}`),
  interval: whole(`-?infinity|p(t?-?[0-9]+[ymwdhs])+|(@ ?)?${duration}( ${duration})*( ago)?`),
  boolean: whole('t(r(ue?)?)?|f(a(l(se?)?)?)?'),
  macaddr: whole('([0-9a-f]{2}[:.-]?){5}[0-9a-f]{2}'),
  macaddr8: whole('([0-9a-f]{2}[:.-]?){7}[0-9a-f]{2}'),
  decimal: whole('nan|-?(0|[1-9][0-9]*)([.][0-9]+)?'),
} as const;

function whole(form: string): string {
  return `^(${form})$`;
}

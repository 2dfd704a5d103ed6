/** The entry of a table under a name that came over the wire: never what every object inherits, such as `constructor`. */
export function lookUp<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

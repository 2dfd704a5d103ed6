import type { OperationInfo, OperationResult, OperationTry } from '../../../preload/contract/index.ts'

const mostTries = 100
/** Longer texts, such as a list of thousands of numbers, are not worth keeping a hundred times. */
const mostCharacters = 20_000

/** What was tried, newest first. In memory only: it holds telephone numbers. */
export function createHistory() {
  let tries: OperationTry[] = []
  let count = 0
  return {
    add(
      info: OperationInfo,
      one: { at: number; connection: string; values: Readonly<Record<string, unknown>>; result: OperationResult },
    ): void {
      count += 1
      const { problem, status, ms } = one.result
      const added: OperationTry = {
        id: count,
        at: one.at,
        operation: info.id,
        connection: one.connection,
        values: withoutSecrets(info, one.values),
        ms,
        status,
        code: problem?.code ?? null,
        vendorCode: problem?.details.vendorCode ?? null,
      }
      tries = [added, ...tries].slice(0, mostTries)
    },
    list: (): OperationTry[] => tries,
    clear(): void {
      tries = []
    },
  }
}

/** Only fields that the catalogue knows as harmless: a name that it does not know could be anything. */
function withoutSecrets(info: OperationInfo, values: Readonly<Record<string, unknown>>): Record<string, string> {
  const open = new Set(info.fields.filter((field) => !field.secret).flatMap(({ name, key }) => [name, key]))
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'string' && value.length <= mostCharacters && open.has(name)) kept[name] = value
  return kept
}

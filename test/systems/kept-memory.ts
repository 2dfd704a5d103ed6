import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes that somebody still holds. What only waits for the collector is not counted: it is the more the busier the machine is. */
export function keptBytes(): number {
  collect()
  // What the first round found is freed behind our back; the second waits for that.
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

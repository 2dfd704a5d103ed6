import { CoreError } from '../errors.ts'

/** At most `most` of what is run at once; the others wait in line, first come first served, and may give up. */
export function createSlots(most: number) {
  let taken = 0
  const line: (() => void)[] = []
  return async function run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw new CoreError('cancelled')
    if (taken < most) taken += 1
    else await turn(signal)
    try {
      // Given up in the moment in which its turn came: the slot goes on to the next one all the same.
      if (signal.aborted) throw new CoreError('cancelled')
      return await work()
    } finally {
      handOver()
    }
  }

  /** The slot stays taken while it changes hands: nobody can step in between. */
  function handOver(): void {
    const next = line.shift()
    if (next) next()
    else taken -= 1
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = () => {
        line.splice(line.indexOf(go), 1)
        reject(new CoreError('cancelled'))
      }
      const go = () => {
        signal.removeEventListener('abort', cancel)
        resolve()
      }
      signal.addEventListener('abort', cancel, { once: true })
      line.push(go)
    })
  }
}

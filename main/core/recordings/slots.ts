import { CoreError } from '../errors.ts'

/** At most `most` of what is run at once; the others wait in line and may give up. */
export function createSlots(most: number) {
  let taken = 0
  const line: (() => void)[] = []
  return async function run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (taken >= most) await turn(signal)
    if (signal.aborted) throw new CoreError('cancelled')
    taken += 1
    try {
      return await work()
    } finally {
      taken -= 1
      line.shift()?.()
    }
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

/** Keeps a file that comes in pieces, up to a limit; `onOverflow` is called once when it is passed. */
export function createFileBasket(limitBytes: number, onOverflow: () => void) {
  let pieces: Uint8Array[] = []
  let length = 0
  let tooMuch = false
  return {
    write(piece: Uint8Array): void {
      if (tooMuch) return
      length += piece.length
      if (length <= limitBytes) {
        pieces.push(piece)
        return
      }
      tooMuch = true
      pieces = []
      onOverflow()
    },
    overflowed: () => tooMuch,
    /** The whole file. */
    take(): Uint8Array {
      const whole = new Uint8Array(length)
      let at = 0
      for (const piece of pieces) {
        whole.set(piece, at)
        at += piece.length
      }
      pieces = []
      return whole
    },
  }
}

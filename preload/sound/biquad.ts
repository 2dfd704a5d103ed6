/** One second-order section; `a` without its leading 1. */
export interface Section {
  b: readonly [number, number, number]
  a: readonly [number, number]
}

/** A running filter, direct form II transposed. */
export function biquad({ b: [b0, b1, b2], a: [a1, a2] }: Section): (sample: number) => number {
  let first = 0
  let second = 0
  return (sample) => {
    const out = b0 * sample + first
    first = b1 * sample - a1 * out + second
    second = b2 * sample - a2 * out
    return out
  }
}

/** Butterworth sections of an even order. Source: bilinear transform as in R. Bristow-Johnson's cookbook. */
export function butterworth(kind: 'low-pass' | 'high-pass', order: number, hz: number, rate: number): Section[] {
  const omega = (2 * Math.PI * hz) / rate
  const cos = Math.cos(omega)
  return Array.from({ length: order / 2 }, (_one, pair) => {
    const q = 1 / (2 * Math.sin((Math.PI * (2 * pair + 1)) / (2 * order)))
    const alpha = Math.sin(omega) / (2 * q)
    const edge = kind === 'low-pass' ? 1 - cos : 1 + cos
    const middle = kind === 'low-pass' ? edge : -edge
    const scale = 1 + alpha
    return {
      b: [edge / 2 / scale, middle / scale, edge / 2 / scale],
      a: [(-2 * cos) / scale, (1 - alpha) / scale],
    }
  })
}

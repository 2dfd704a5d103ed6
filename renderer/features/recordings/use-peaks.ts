import { useEffect, useState } from 'react'
import type { PlayableRecording } from '../../../preload/contract/index.ts'

/** Decoding takes ten times the size of the file in memory. */
const mostBytes = 32 * 1_048_576
const steps = 400
const atOnce = 200_000

/** Loudness from 0 to 255 in equal steps: the core's where it could read the samples, else by the browser's own decoder. */
export function usePeaks(recording: PlayableRecording | null): number[] | null {
  const [decoded, setDecoded] = useState<{ of: string; peaks: number[] } | null>(null)
  const { url = null, peaks = null, bytes = 0 } = recording ?? {}
  const wanted = url !== null && peaks === null && bytes <= mostBytes ? url : null
  useEffect(() => {
    if (wanted === null) return
    const abort = new AbortController()
    decodePeaks(wanted, abort.signal).then(
      (found) => !abort.signal.aborted && setDecoded({ of: wanted, peaks: found }),
      // It plays all the same; without a picture of it, the line stays flat.
      () => undefined,
    )
    return () => abort.abort()
  }, [wanted])
  if (peaks !== null) return peaks
  return decoded?.of === wanted ? (decoded?.peaks ?? null) : null
}

async function decodePeaks(url: string, signal: AbortSignal): Promise<number[]> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`recording answered ${response.status}`)
  // 8 kHz is what a telephone has: less to look through.
  const context = new OfflineAudioContext(1, 1, 8000)
  const samples = (await context.decodeAudioData(await response.arrayBuffer())).getChannelData(0)
  const peaks = new Array<number>(Math.min(steps, samples.length)).fill(0)
  for (let at = 0; at < samples.length; at += 1) {
    const step = Math.floor((at * peaks.length) / samples.length)
    peaks[step] = Math.max(peaks[step]!, Math.abs(samples[at]!))
    if (at % atOnce === 0) {
      await new Promise((resolve) => setTimeout(resolve))
      signal.throwIfAborted()
    }
  }
  return peaks.map((one) => Math.min(255, Math.round(one * 255)))
}

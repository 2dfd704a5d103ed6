import { useSyncExternalStore } from 'react'
import type { MonoSound } from '../../../preload/sound/index.ts'

/** What is being played now: one sound in the whole page. */
interface Playing {
  key: string
  /** Seconds from the beginning of the sound. */
  at: number
}

let context: AudioContext | null = null
let source: AudioBufferSourceNode | null = null
let playing: Playing | null = null
let frame = 0
const listeners = new Set<() => void>()

function set(next: Playing | null): void {
  playing = next
  for (const listener of listeners) listener()
}

/** Play a part of a sound; what played before stops. `gain` is a factor. */
export function play(key: string, sound: MonoSound, part: { from: number; to: number; gain?: number }): void {
  stop()
  const { samples, rate } = sound
  if (samples.length === 0) return
  context ??= new AudioContext()
  // A page that was opened without a click may have been put to sleep.
  void context.resume()
  const buffer = context.createBuffer(1, samples.length, rate)
  buffer.copyToChannel(samples, 0)
  const volume = context.createGain()
  volume.gain.value = part.gain ?? 1
  const started = context.createBufferSource()
  started.buffer = buffer
  started.connect(volume).connect(context.destination)
  started.onended = () => {
    if (source === started) stop()
  }
  const startedAt = context.currentTime
  started.start(0, part.from, Math.max(0, part.to - part.from))
  source = started
  set({ key, at: part.from })
  const follow = () => {
    if (source !== started || !context) return
    set({ key, at: Math.min(part.to, part.from + context.currentTime - startedAt) })
    frame = requestAnimationFrame(follow)
  }
  frame = requestAnimationFrame(follow)
}

export function stop(): void {
  cancelAnimationFrame(frame)
  const old = source
  source = null
  old?.stop()
  old?.disconnect()
  if (playing) set(null)
}

/** Seconds into the sound of this key while it plays; null while it does not. */
export function usePlaying(key: string): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => (playing?.key === key ? playing.at : null),
  )
}

/** Whether it plays, without where. */
export function useIsPlaying(key: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => playing?.key === key,
  )
}

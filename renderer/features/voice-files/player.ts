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

/** Play a sound from its beginning to its end; what played before stops. */
export function play(key: string, sound: MonoSound): void {
  stop()
  const { samples, rate } = sound
  if (samples.length === 0) return
  context ??= new AudioContext()
  // A page that was opened without a click may have been put to sleep.
  void context.resume()
  const buffer = context.createBuffer(1, samples.length, rate)
  buffer.copyToChannel(samples, 0)
  const started = context.createBufferSource()
  started.buffer = buffer
  started.connect(context.destination)
  started.onended = () => {
    if (source === started) stop()
  }
  const startedAt = context.currentTime
  started.start()
  source = started
  set({ key, at: 0 })
  const follow = () => {
    if (source !== started || !context) return
    set({ key, at: Math.min(buffer.duration, context.currentTime - startedAt) })
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

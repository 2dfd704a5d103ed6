import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { edited, levelOf, type SoundEdit, soundingPart, telephoneRate } from '../../../preload/sound/index.ts'
import { rpc } from '../../rpc/index.ts'
import { type DecodedSound, DecodeError, type DecodeFault, decodeSound } from './decode-sound.ts'
import { stop } from './player.ts'

const unedited = (duration: number): SoundEdit => ({
  startSec: 0,
  endSec: duration,
  gainDb: 0,
  fadeInSec: 0,
  fadeOutSec: 0,
})

export type VoiceSound = ReturnType<typeof useSound>

/** The sound in the editor: read, edited, measured. */
export function useSound() {
  const [decoded, setDecoded] = useState<DecodedSound | null>(null)
  const [isNew, setIsNew] = useState(false)
  const [progress, setProgress] = useState<number | null>(null)
  const [fault, setFault] = useState<DecodeFault | 'no-copy' | null>(null)
  const [edit, setEdit] = useState<SoundEdit>(unedited(0))
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const run = useCallback(async (read: (signal: AbortSignal) => Promise<DecodedSound>, newSound: boolean) => {
    stop()
    running.current?.abort()
    const abort = new AbortController()
    running.current = abort
    setProgress(0)
    setFault(null)
    try {
      const next = await read(abort.signal)
      if (abort.signal.aborted) return
      setDecoded(next)
      setIsNew(newSound)
      setEdit(unedited(next.duration))
    } catch (error) {
      if (abort.signal.aborted) return
      setFault(error instanceof DecodeError ? error.fault : 'no-copy')
    }
    setProgress(null)
  }, [])

  const decode = useCallback(
    (file: Blob, name: string, signal: AbortSignal) => decodeSound(file, name, { signal, onProgress: setProgress }),
    [],
  )
  const load = useCallback(
    (file: Blob, name: string) => void run((signal) => decode(file, name, signal), true),
    [run, decode],
  )
  const loadCopy = useCallback(
    (of: { connection: string; prompt: number }) =>
      void run(async (signal) => {
        const { bytes } = await rpc.prompts.sound(of, { signal })
        return decode(new Blob([bytes as Uint8Array<ArrayBuffer>]), '', signal)
      }, false),
    [run, decode],
  )
  const cancel = useCallback(() => {
    running.current?.abort()
    setProgress(null)
  }, [])
  const change = useCallback((part: Partial<SoundEdit>) => {
    stop()
    setEdit((before) => ({ ...before, ...part }))
  }, [])

  const { startSec, endSec } = edit
  /** Of the part that is kept, before any gain. */
  const level = useMemo(
    () =>
      decoded &&
      levelOf(decoded.samples.subarray(Math.round(startSec * telephoneRate), Math.round(endSec * telephoneRate))),
    [decoded, startSec, endSec],
  )
  const isEdited =
    decoded !== null &&
    (edit.startSec > 0 ||
      edit.endSec < decoded.duration ||
      edit.gainDb !== 0 ||
      edit.fadeInSec > 0 ||
      edit.fadeOutSec > 0)
  return {
    ...{ decoded, isNew, isEdited, fault, edit, level, load, loadCopy, change, cancel, progress },
    isLoading: progress !== null,
    reset: () => decoded && change(unedited(decoded.duration)),
    cutSilence: () => decoded && change(soundingPart(decoded.samples)),
    /** What will be uploaded. */
    result: () => (decoded ? edited(decoded.samples, edit) : new Float32Array()),
  }
}

import { useMutation } from '@tanstack/react-query'
import { type Hearing, heardCopy } from './hearing.ts'
import { play, stop, useIsPlaying } from './player.ts'

/** A button that plays a sound of this PC. */
export function usePlayCopy(
  key: string,
  of: { connection: string; prompt: number } | { backup: number },
  hearing: Hearing,
) {
  const isPlaying = useIsPlaying(key)
  const fetched = useMutation({
    mutationFn: () => heardCopy(of, hearing),
    onSuccess: (sound) => play(key, sound),
    meta: { operation: 'voice' },
  })
  return {
    isPlaying,
    isLoading: fetched.isPending,
    toggle: () => (isPlaying ? stop() : fetched.mutate()),
  }
}

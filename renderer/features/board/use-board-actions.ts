import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Presence } from '../../../preload/contract/board.ts'
import { readSnapshot, rpc } from '../../rpc/index.ts'
import { draggedCall, myCallNow, useCallActions } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { useSetPresence } from '../presence/index.ts'

/** What a tile can do. The object never changes, so tiles need not render for it. */
export interface BoardActions {
  dial(extension: string): void
  /** My live call goes there. */
  transfer(extension: string): void
  /** The caller of my live call waits while I ask there. */
  consult(extension: string): void
  /** The dragged card was dropped there; `attended` = ask first. */
  drop(extension: string, attended: boolean): void
  setPresence(extension: string, presence: Presence): void
  toggleFavourite(extension: string): void
}

export function useBoardActions(): BoardActions {
  const dial = useDial()
  const { transfer, consult } = useCallActions()
  const setPresence = useSetPresence()
  const { mutate: saveFavourites } = useMutation({
    mutationFn: (favourites: string[]) => rpc.settings.update({ patch: { board: { favourites } } }),
    meta: { operation: 'settings' },
  })
  return useMemo(
    () => ({
      dial: (extension) => dial(extension),
      transfer(extension) {
        const call = myCallNow()
        if (call) transfer(call, extension)
      },
      consult(extension) {
        const call = myCallNow()
        if (call) consult(call, extension)
      },
      drop(extension, attended) {
        const call = draggedCall.read()
        draggedCall.set(null)
        if (!call) return
        if (attended) consult(call, extension)
        else transfer(call, extension)
      },
      setPresence(extension, presence) {
        const mine = readSnapshot('me')?.extension === extension
        setPresence(mine ? { presence } : { extension, presence })
      },
      toggleFavourite(extension) {
        const favourites = readSnapshot('settings')?.values.board.favourites ?? []
        saveFavourites(
          favourites.includes(extension) ? favourites.filter((one) => one !== extension) : [...favourites, extension],
        )
      },
    }),
    [dial, transfer, consult, setPresence, saveFavourites],
  )
}

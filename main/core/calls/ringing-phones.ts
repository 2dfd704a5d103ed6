/** A phone that rings, as the board shows it. `since` is epoch ms. */
export interface RingingPhone {
  number: string
  since: number
}

/** Which extensions ring, kept up to date call by call. A phone that two calls ring shows the one that came first. */
export interface RingingPhones {
  /** The extensions that this call rings now. Returns those whose picture changed. */
  set(callId: string, extensions: ReadonlyMap<string, RingingPhone>): string[]
  map(): Map<string, RingingPhone>
}

export function createRingingPhones(): RingingPhones {
  const phones = new Map<string, Map<string, RingingPhone>>()
  const byCall = new Map<string, ReadonlyMap<string, RingingPhone>>()
  const first = (extension: string) => phones.get(extension)?.values().next().value

  return {
    set(callId, extensions) {
      const before = byCall.get(callId)
      if (!before && extensions.size === 0) return []
      const touched = new Set([...(before?.keys() ?? []), ...extensions.keys()])
      const changed: string[] = []
      for (const extension of touched) {
        const shown = first(extension)
        const next = extensions.get(extension)
        const calls = phones.get(extension) ?? new Map<string, RingingPhone>()
        if (next) calls.set(callId, next)
        else calls.delete(callId)
        if (calls.size > 0) phones.set(extension, calls)
        else phones.delete(extension)
        const now = first(extension)
        if (now?.number !== shown?.number || now?.since !== shown?.since) changed.push(extension)
      }
      if (extensions.size > 0) byCall.set(callId, extensions)
      else byCall.delete(callId)
      return changed
    },
    map: () =>
      new Map(
        [...phones.keys()].flatMap((extension) => {
          const phone = first(extension)
          return phone ? [[extension, phone] as const] : []
        }),
      ),
  }
}

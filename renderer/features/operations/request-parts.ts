/** A URL in the pieces that are coloured: everything before the query, then name and value of each parameter, as encoded. */
export function urlParts(url: string): { base: string; params: { mark: '?' | '&'; name: string; value: string }[] } {
  const at = url.indexOf('?')
  if (at === -1) return { base: url, params: [] }
  const params = url
    .slice(at + 1)
    .split('&')
    .map((pair, index) => {
      const equals = pair.indexOf('=')
      const name = equals === -1 ? pair : pair.slice(0, equals)
      return {
        mark: index === 0 ? ('?' as const) : ('&' as const),
        name,
        value: equals === -1 ? '' : pair.slice(equals),
      }
    })
  return { base: url.slice(0, at), params }
}

/** Files of undici behind its index, typed by what the index exports. */
declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici'

  const value: typeof Pool
  export default value
}
declare module 'undici/lib/core/connect.js' {
  import type { buildConnector } from 'undici'

  const value: typeof buildConnector
  export default value
}
declare module 'undici/lib/core/errors.js' {
  import type { errors } from 'undici'

  const value: typeof errors
  export default value
}

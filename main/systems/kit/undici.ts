import buildConnector from 'undici/lib/core/connect.js'
import errors from 'undici/lib/core/errors.js'
import Pool from 'undici/lib/dispatcher/pool.js'

/**
 * The parts of undici that send our requests. Its index would bring fetch, WebSocket, caches and mocks along: 4 MB and a
 * third of the time that everything takes to load.
 */
export { buildConnector, errors, Pool }

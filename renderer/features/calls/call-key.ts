/** What tells calls apart: two systems may give the same id. */
export const callKey = ({ connection, callId }: { connection: string; callId: string }): string =>
  `${connection} ${callId}`

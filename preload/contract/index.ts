import { calls } from './calls.ts'
import { control } from './control.ts'
import { conversation } from './conversation.ts'
import { crm } from './crm.ts'
import { directory } from './directory.ts'
import { dispositions } from './dispositions.ts'
import { events } from './events.ts'
import { history } from './history.ts'
import { imports } from './imports.ts'
import { missed } from './missed.ts'
import { operations } from './operations.ts'
import { prompts } from './prompts.ts'
import { recordings } from './recordings.ts'
import { retention } from './retention.ts'
import { app, demo, settings } from './settings.ts'
import { supervision } from './supervision.ts'

/** Everything that the page and the main process may say to each other. main/rpc implements it, renderer/rpc calls it. */
export const contract = {
  events,
  calls,
  control,
  conversation,
  directory,
  history,
  imports,
  dispositions,
  missed,
  crm,
  operations,
  recordings,
  prompts,
  retention,
  settings,
  demo,
  app,
  supervision,
}
export type Contract = typeof contract

export * from './board.ts'
export * from './bytes.ts'
export * from './calls.ts'

export * from './control.ts'
export * from './conversation.ts'
export * from './crm.ts'
export * from './crm-link.ts'
export * from './directory.ts'
export * from './dispositions.ts'
export * from './error-codes.ts'
export * from './errors.ts'
export * from './events.ts'
export * from './history.ts'
export * from './history-filter.ts'
export * from './import-findings.ts'
export * from './import-plan.ts'
export * from './imports.ts'
export * from './missed.ts'
export * from './note-limits.ts'
export * from './operations.ts'
export * from './person.ts'
export * from './prompts.ts'
export * from './recordings.ts'
export * from './retention.ts'
export * from './settings.ts'
export * from './settings-schema.ts'
export * from './status.ts'
export * from './supervision.ts'
export * from './tile-state.ts'
export * from './whole-text.ts'

export { PromisedRows } from './PromisedRows.tsx'
export { useDueCount } from './use-due-count.ts'

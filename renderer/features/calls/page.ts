export { CallsPage } from './CallsPage.tsx'
export { readAhead } from './use-history.ts'

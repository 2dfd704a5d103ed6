export { DialForm, focusDial } from './DialForm.tsx'
export { useDial } from './use-dial.ts'

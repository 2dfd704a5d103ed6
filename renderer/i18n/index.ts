export { type Explained, explainError, useErrorSentence } from './errors.ts'
export { explainReason, useReasonText } from './reasons.ts'
export { applyLocale, i18n } from './setup.ts'
export { formatDuration, useTimeText } from './time.ts'

export { ImportPage } from './ImportPage.tsx'
export { useImportNotices } from './use-import-notices.ts'

export { DirectoryPage } from './DirectoryPage.tsx'
export { useMoney } from './use-money.ts'

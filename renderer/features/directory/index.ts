export { useMoney } from './use-money.ts'

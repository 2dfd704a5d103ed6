import { useTranslation } from 'react-i18next'

/** Hundredths of a yuan as `¥186,000`. */
export function useMoney(): (fen: number) => string {
  const { i18n } = useTranslation()
  return (fen) =>
    new Intl.NumberFormat(i18n.language, {
      style: 'currency',
      currency: 'CNY',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
    }).format(fen / 100)
}

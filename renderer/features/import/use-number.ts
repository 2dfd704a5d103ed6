import { useTranslation } from 'react-i18next'

/** Numbers in the page's language: 1,504. */
export function useNumber(): (value: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language)
  return (value) => format.format(value)
}

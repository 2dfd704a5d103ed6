import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Locale = 'zh-CN' | 'en'

/** Every `resources/locales/<locale>/<area>.json` is bundled; the area is the namespace. */
const files = import.meta.glob<Record<string, unknown>>('../../resources/locales/{zh-CN,en}/*.json', {
  eager: true,
  import: 'default',
})

const resources: Record<Locale, Record<string, Record<string, unknown>>> = { 'zh-CN': {}, en: {} }
for (const [path, texts] of Object.entries(files)) {
  const [area, locale] = path.replace('.json', '').split('/').reverse()
  if (area && (locale === 'zh-CN' || locale === 'en')) resources[locale][area] = texts
}

export const i18n = i18next.createInstance()
void i18n.use(initReactI18next).init({
  resources,
  lng: 'zh-CN',
  fallbackLng: 'zh-CN',
  defaultNS: 'common',
  returnNull: false,
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes; text from outside is never markup
})

/** Switch the page to a language: strings and `<html lang>`. */
export function applyLocale(locale: Locale): void {
  document.documentElement.lang = locale
  if (i18n.language !== locale) void i18n.changeLanguage(locale)
}

import type { SectionProps } from '../SettingsPage.tsx'
import { IvrChecks } from './IvrChecks.tsx'
import { SmsAnswers } from './SmsAnswers.tsx'

/** What is answered without a person: text messages from customers and questions of the PBX's voice menus. */
export function AnswersSection({ settings, status }: SectionProps) {
  return (
    <>
      <SmsAnswers settings={settings} />
      <IvrChecks settings={settings} listenerUrls={status.listener.urls} />
    </>
  )
}

import type { SectionProps } from '../SettingsPage.tsx'
import { SmsAnswers } from './SmsAnswers.tsx'
import { VoiceMenus } from './VoiceMenus.tsx'

/** What is answered without a person: text messages from customers and questions of the PBX's voice menus. */
export function AnswersSection({ settings, status }: SectionProps) {
  return (
    <>
      <SmsAnswers settings={settings} />
      <VoiceMenus settings={settings} listenerUrls={status.listener.urls} />
    </>
  )
}

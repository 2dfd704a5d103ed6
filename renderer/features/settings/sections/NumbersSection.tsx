import { useTranslation } from 'react-i18next'
import { Panel } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import { TextSetting } from '../TextSetting.tsx'
import { readAreaCode, readPrefix } from '../text-values.ts'

/** How numbers are dialled from this office. */
export function NumbersSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings')
  const { dialing } = settings.values
  return (
    <Panel title={t('numbers.title')} rows={['prefix', 'area']}>
      <TextSetting
        id="prefix"
        path="dialing.outsidePrefix"
        numeric
        placeholder="9"
        current={dialing.outsidePrefix}
        title={t('numbers.prefix')}
        text={t('numbers.prefixText')}
        wrong={t('numbers.prefixError')}
        read={readPrefix}
      />
      <TextSetting
        id="area"
        path="dialing.areaCode"
        numeric
        placeholder="0755"
        current={dialing.areaCode}
        title={t('numbers.area')}
        text={t('numbers.areaText')}
        wrong={t('numbers.areaError')}
        read={readAreaCode}
      />
    </Panel>
  )
}

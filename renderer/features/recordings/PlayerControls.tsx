import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Button, Icon } from '../../ui/index.ts'
import styles from './player.module.css'
import { type Sound, speeds } from './use-audio.ts'

const skipSec = 5

/** Play, skip, speed, volume, save. Before there is anything to play, `onPlay` fetches it. */
export function PlayerControls(props: {
  sound: Sound
  /** False until it is here. */
  ready: boolean
  disabled: boolean
  onPlay(): void
  onSave(): void
}) {
  const { t } = useTranslation('recordings')
  const { sound, ready, disabled } = props
  return (
    <div className={styles.controls}>
      <Button
        only
        variant="tonal"
        icon={sound.playing ? 'pause' : 'play'}
        disabled={disabled}
        aria-label={t(sound.playing ? 'pause' : 'play')}
        onClick={ready ? sound.toggle : props.onPlay}
        data-testid="recording-play"
      />
      <Button small variant="quiet" disabled={!ready} onClick={() => sound.skip(-skipSec)} aria-label={t('back')}>
        <span className="num">−{skipSec} s</span>
      </Button>
      <Button small variant="quiet" disabled={!ready} onClick={() => sound.skip(skipSec)} aria-label={t('forward')}>
        <span className="num">+{skipSec} s</span>
      </Button>
      <Menu position="bottom-start" width={120}>
        <Menu.Target>
          <Button
            small
            variant="quiet"
            disabled={!ready}
            aria-label={t('speed', { speed: sound.speed })}
            data-testid="recording-speed"
          >
            <span className="num">{sound.speed}×</span>
            <Icon name="down" size="s" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {speeds.map((speed) => (
            <Menu.Item
              key={speed}
              onClick={() => sound.setSpeed(speed)}
              rightSection={speed === sound.speed ? <Icon name="check" size="s" /> : undefined}
            >
              <span className="num">{speed}×</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className="grow" />
      <Button
        small
        only
        variant="quiet"
        icon={sound.muted ? 'volume-off' : 'volume'}
        disabled={!ready}
        aria-label={t('mute')}
        aria-pressed={sound.muted}
        onClick={sound.toggleMute}
      />
      <input
        type="range"
        className={styles.volume}
        min={0}
        max={1}
        step={0.05}
        value={sound.muted ? 0 : sound.volume}
        disabled={!ready}
        aria-label={t('volume')}
        onChange={(event) => sound.setVolume(Number(event.target.value))}
      />
      <Button
        small
        only
        variant="quiet"
        icon="download"
        disabled={disabled}
        aria-label={t('save')}
        title={t('save')}
        onClick={props.onSave}
        data-testid="recording-save"
      />
    </div>
  )
}

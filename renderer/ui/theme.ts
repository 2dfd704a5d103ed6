import { createTheme, Menu, Modal, Popover, Portal, SegmentedControl, Select, Switch, Tooltip } from '@mantine/core'

/** What is closed is gone: the key after Escape is meant for the page (use-keys.ts), which listens to none while something fades. */
const appearsIn = (duration: number) => ({ duration, exitDuration: 0 })

/** Mantine's behaviour, our looks: colours and sizes come from mantine.css, defaults from here. */
export const theme = createTheme({
  fontFamily: 'var(--fb-font-ui)',
  cursorType: 'default',
  respectReducedMotion: true,
  defaultRadius: 8,
  components: {
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        withArrow: false,
        multiline: true,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Menu: Menu.extend({
      defaultProps: {
        offset: 6,
        shadow: 'md',
        withInitialFocusPlaceholder: false,
        transitionProps: appearsIn(80),
      },
    }),
    Popover: Popover.extend({
      // The keyboard goes in with it and comes back out: Escape is heard inside only.
      defaultProps: {
        offset: 6,
        shadow: 'md',
        trapFocus: true,
        returnFocus: true,
        transitionProps: appearsIn(80),
      },
    }),
    // Inside a landmark, so that assistive technology can find what floats.
    Portal: Portal.extend({ defaultProps: { target: '#floating' } }),
    Select: Select.extend({
      defaultProps: { allowDeselect: false, checkIconPosition: 'right', comboboxProps: { shadow: 'md' } },
    }),
    Switch: Switch.extend({ defaultProps: { size: 'sm', withThumbIndicator: false } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { transitionDuration: 120 } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: appearsIn(100),
        overlayProps: { backgroundOpacity: 0 },
      },
    }),
  },
})

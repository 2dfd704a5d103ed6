import type { ReactNode } from 'react'

/** 20×20 line icons, one stroke width, drawn for this program. */
export const iconPaths = {
  listen: (
    <>
      <path d="M3.75 12.5V10a6.25 6.25 0 0 1 12.5 0v2.5" />
      <path d="M3.75 11.5h1.75a1 1 0 0 1 1 1v2.75a1 1 0 0 1-1 1h-.75a1 1 0 0 1-1-1zM16.25 11.5H14.5a1 1 0 0 0-1 1v2.75a1 1 0 0 0 1 1h.75a1 1 0 0 0 1-1z" />
    </>
  ),
  team: (
    <>
      <circle cx="7.5" cy="7" r="2.75" />
      <path d="M2.5 16c.2-2.9 2.2-4.5 5-4.5s4.8 1.6 5 4.5M12.75 4.4a2.75 2.75 0 0 1 0 5.2M14.25 11.75c2 .5 3.1 2 3.25 4.25" />
    </>
  ),
  wave: <path d="M3 8.75v2.5M6.5 6v8M10 3.5v13M13.5 6.5v7M17 8.75v2.5" />,
  upload: <path d="M10 13V4M6.25 7.5L10 3.75l3.75 3.75M4 16.25h12" />,
  undo: <path d="M6.5 4.5L3.5 7.5l3 3M3.5 7.5h8a4.5 4.5 0 0 1 0 9H7" />,
  cut: (
    <>
      <circle cx="5.5" cy="14.25" r="2.25" />
      <circle cx="14.5" cy="14.25" r="2.25" />
      <path d="M6.75 12.25L14 3.5M13.25 12.25L6 3.5" />
    </>
  ),
  microphone: (
    <>
      <rect x="7.5" y="2.75" width="5" height="9" rx="2.5" />
      <path d="M4.75 9.5a5.25 5.25 0 0 0 10.5 0M10 14.75v2.5M7.25 17.25h5.5" />
    </>
  ),
  'arrow-up': <path d="M10 16V4.5M5.5 9L10 4.5 14.5 9" />,
  bell: (
    <>
      <path d="M5.25 8.75a4.75 4.75 0 0 1 9.5 0c0 3.5 1.5 4.5 1.5 5.25H3.75c0-.75 1.5-1.75 1.5-5.25z" />
      <path d="M8.4 16.5a1.7 1.7 0 0 0 3.2 0" />
    </>
  ),
  'bell-desk': (
    <>
      <path d="M4 13.25a6 6 0 0 1 12 0z" />
      <path d="M2.75 15.75h14.5M10 7.25v-2M8.25 4.75h3.5" />
    </>
  ),
  check: <path d="M4 10.5l4 4 8-9" />,
  'check-circle': (
    <>
      <circle cx="10" cy="10" r="6.75" />
      <path d="M6.75 10.25l2.25 2.25 4.25-4.75" />
    </>
  ),
  circle: <circle cx="10" cy="10" r="5.5" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="6.75" />
      <path d="M10 6v4l2.5 1.75" />
    </>
  ),
  close: <path d="M5.5 5.5l9 9M14.5 5.5l-9 9" />,
  consult: (
    <>
      <path d="M3.25 4.25h9v6.5H7.5L5 13v-2.25H3.25z" />
      <path d="M14.5 7.5h2.25v6.25H15V16l-2.5-2.25H9.5" />
    </>
  ),
  pencil: <path d="M4 16l.75-3.25L13.5 4a1.6 1.6 0 0 1 2.5 2.5l-8.75 8.75L4 16zM12 5.5L14.5 8" />,
  tasks: (
    <>
      <path d="M3.5 5.25l1.5 1.5 2.5-3M3.5 13.25l1.5 1.5 2.5-3" />
      <path d="M10.5 5.5h6M10.5 13.5h6" />
    </>
  ),
  mail: (
    <>
      <rect x="3" y="4.75" width="14" height="10.5" rx="1.5" />
      <path d="M3.5 6l6.5 5 6.5-5" />
    </>
  ),
  open: (
    <path d="M11.5 3.75h4.75V8.5M16 4l-7 7M13.5 11.5v3.75a1 1 0 0 1-1 1H4.75a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1H8.5" />
  ),
  copy: (
    <>
      <rect x="7" y="7" width="9.25" height="9.25" rx="1.5" />
      <path d="M13 7V4.75a1 1 0 0 0-1-1H4.75a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1H7" />
    </>
  ),
  desk: (
    <>
      <rect x="2.75" y="4" width="14.5" height="12" rx="1.5" />
      <path d="M8.5 4v12M8.5 10h8.75" />
    </>
  ),
  down: <path d="M4.75 7.75L10 13l5.25-5.25" />,
  globe: (
    <>
      <circle cx="10" cy="10" r="6.75" />
      <path d="M3.25 10h13.5M10 3.25c2 2 2.9 4.2 2.9 6.75S12 14.75 10 16.75C8 14.75 7.1 12.55 7.1 10S8 5.25 10 3.25z" />
    </>
  ),
  grid: (
    <>
      <rect x="3.25" y="3.75" width="5.5" height="5" rx="1" />
      <rect x="11.25" y="3.75" width="5.5" height="5" rx="1" />
      <rect x="3.25" y="11.25" width="5.5" height="5" rx="1" />
      <rect x="11.25" y="11.25" width="5.5" height="5" rx="1" />
    </>
  ),
  half: (
    <>
      <circle cx="10" cy="10" r="6" />
      <path d="M10 4a6 6 0 0 1 0 12z" fill="currentColor" />
    </>
  ),
  hangup: (
    <path d="M3 10.7c4-3.8 10-3.8 14 0 .5.5.5 1.3.1 1.8l-.8.9a1 1 0 0 1-1.2.25l-1.9-.9a1 1 0 0 1-.57-1l.1-1.35a8.4 8.4 0 0 0-5.46 0l.1 1.35a1 1 0 0 1-.57 1l-1.9.9a1 1 0 0 1-1.2-.25l-.8-.9c-.4-.5-.4-1.3.1-1.8z" />
  ),
  history: (
    <>
      <path d="M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7.25" />
      <path d="M3.5 3.75v3.5H7M10 6.5V10l2.5 1.75" />
    </>
  ),
  in: <path d="M15.5 4.5l-9.5 9.5M6 7.5V14h6.5" />,
  info: (
    <>
      <circle cx="10" cy="10" r="6.75" />
      <path d="M10 9.25v4M10 6.75h.01" />
    </>
  ),
  internal: <path d="M3.5 7h12M12.5 4l3 3-3 3M16.5 13h-12M7.5 10l-3 3 3 3" />,
  keyboard: (
    <>
      <rect x="2.75" y="5" width="14.5" height="10" rx="1.5" />
      <path d="M5.75 8.25h.01M8.5 8.25h.01M11.25 8.25h.01M14 8.25h.01M7 11.75h6" />
    </>
  ),
  left: <path d="M12.25 4.75L7 10l5.25 5.25" />,
  list: <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />,
  lock: (
    <>
      <rect x="4.75" y="9" width="10.5" height="7" rx="1.5" />
      <path d="M7 9V6.75a3 3 0 0 1 6 0V9" />
    </>
  ),
  'minus-circle': (
    <>
      <circle cx="10" cy="10" r="6.25" />
      <path d="M6.75 10h6.5" />
    </>
  ),
  missed: <path d="M3.5 5.5l6.5 6.5 6.5-6.5M3.5 10V5.5H8" />,
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="4.5" cy="10" r="1.4" />
      <circle cx="10" cy="10" r="1.4" />
      <circle cx="15.5" cy="10" r="1.4" />
    </g>
  ),
  moon: <path d="M16 11.75A6.75 6.75 0 0 1 8.25 4a6.25 6.25 0 1 0 7.75 7.75z" />,
  out: <path d="M4.5 15.5L14 6M7.5 6H14v6.5" />,
  pause: <path d="M7 4.5v11M13 4.5v11" />,
  person: (
    <>
      <circle cx="10" cy="7" r="3" />
      <path d="M4.25 16.25c.3-3.2 2.6-5 5.75-5s5.45 1.8 5.75 5" />
    </>
  ),
  'person-add': (
    <>
      <circle cx="8" cy="7" r="3" />
      <path d="M2.5 16.25c.3-3.2 2.5-5 5.5-5 1.5 0 2.8.45 3.75 1.3M14.75 12.5v5M12.25 15h5" />
    </>
  ),
  phone: (
    <path d="M6.2 3.25H4.65A1.4 1.4 0 0 0 3.25 4.75c.4 6.3 5.7 11.6 12 12a1.4 1.4 0 0 0 1.5-1.4v-1.7a1 1 0 0 0-.75-.97l-2.5-.65a1 1 0 0 0-1 .3l-.9 1.05a10 10 0 0 1-4.98-4.98l1.05-.9a1 1 0 0 0 .3-1L7.17 4a1 1 0 0 0-.97-.75z" />
  ),
  play: <path d="M6.5 4.25v11.5l9-5.75z" />,
  plus: <path d="M10 4.5v11M4.5 10h11" />,
  refresh: <path d="M16.25 10a6.25 6.25 0 1 1-1.9-4.5l1.9 1.75M16.25 3.75v3.5h-3.5" />,
  right: <path d="M7.75 4.75L13 10l-5.25 5.25" />,
  search: (
    <>
      <circle cx="9" cy="9" r="5.25" />
      <path d="M13 13l4 4" />
    </>
  ),
  slash: (
    <>
      <circle cx="10" cy="10" r="6.25" />
      <path d="M5.6 14.4l8.8-8.8" />
    </>
  ),
  sliders: (
    <>
      <path d="M3 6.25h7.5M14.5 6.25H17M3 13.75h2.5M9.5 13.75H17" />
      <circle cx="12.5" cy="6.25" r="2" />
      <circle cx="7.5" cy="13.75" r="2" />
    </>
  ),
  star: <path d="M10 3.25l2.05 4.3 4.7.65-3.42 3.27.83 4.68L10 13.9l-4.16 2.25.83-4.68L3.25 8.2l4.7-.65z" />,
  'star-on': (
    <path
      fill="currentColor"
      d="M10 3.25l2.05 4.3 4.7.65-3.42 3.27.83 4.68L10 13.9l-4.16 2.25.83-4.68L3.25 8.2l4.7-.65z"
    />
  ),
  stop: <rect x="5.5" y="5.5" width="9" height="9" rx="1.25" />,
  sun: (
    <>
      <circle cx="10" cy="10" r="3.25" />
      <path d="M10 2.75v1.5M10 15.75v1.5M2.75 10h1.5M15.75 10h1.5M4.9 4.9l1 1M14.1 14.1l1 1M15.1 4.9l-1 1M5.9 14.1l-1 1" />
    </>
  ),
  terminal: (
    <>
      <rect x="2.75" y="4" width="14.5" height="12" rx="1.5" />
      <path d="M5.75 8l2.5 2-2.5 2M10.25 12.5h3.5" />
    </>
  ),
  send: <path d="M3.5 10L16.5 3.75 12.5 16.25 9.5 11.25zM9.5 11.25l7-7.5" />,
  download: <path d="M10 3.75v8.5M6.25 9L10 12.5 13.75 9M4 15.75h12" />,
  file: (
    <>
      <path d="M5.25 2.75h6l3.5 3.5v10a1 1 0 0 1-1 1h-8.5a1 1 0 0 1-1-1v-12.5a1 1 0 0 1 1-1z" />
      <path d="M11 3v3.75h3.75" />
    </>
  ),
  volume: <path d="M3.5 8v4h2.75L10.5 15.5v-11L6.25 8zM13.25 7.5a3.5 3.5 0 0 1 0 5M15.5 5.25a6.75 6.75 0 0 1 0 9.5" />,
  'volume-off': <path d="M3.5 8v4h2.75L10.5 15.5v-11L6.25 8zM13.5 8l4 4M17.5 8l-4 4" />,
  transfer: <path d="M3.5 15.5v-2.75A4.25 4.25 0 0 1 7.75 8.5H16M12.5 5L16 8.5 12.5 12" />,
  unplug: <path d="M7 3.5v3.25M13 3.5v3.25M5 6.75h10v2.5a5 5 0 0 1-10 0zM10 14.25V17M3 17L17 3" />,
  warn: (
    <>
      <path d="M10 3.5l7.25 12.75H2.75z" />
      <path d="M10 8.25v3.5M10 14h.01" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof iconPaths

// The console's own icons: sixteen pixels, one stroke width; they stand beside words and are hidden from readers of the screen.

const PATHS = {
  today: 'M2 9.5h3l2-6 3 10 2-4h2',
  orders: 'M3.5 2.5h9v11l-2-1.3-1.7 1.3-1.6-1.3-1.7 1.3-2-1.3zM6 6h4M6 8.8h4',
  review: 'M8 2.2 3 4v3.6c0 3 2.1 5 5 6.2 2.9-1.2 5-3.2 5-6.2V4zM5.9 7.9l1.5 1.5 2.8-2.9',
  exceptions: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.1',
  stock: 'M2.5 5 8 2.3 13.5 5v6L8 13.7 2.5 11zM2.5 5 8 7.7 13.5 5M8 7.7v6',
  warehouse: 'M2 6.5 8 3l6 3.5V13H2zM5 13V8.5h6V13M5 10.7h6',
  settings: 'M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 3v3M6 10v3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.2 3.2',
  check: 'm3.5 8.3 3 3 6-6.5',
  done: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM5.5 8.2l1.8 1.8 3.3-3.7',
  clock: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 5v3.2l2.2 1.3',
  circle: 'M8 2.7a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7z',
  half: 'M8 2.7a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7zM8 2.7v10.6M8 5.5h4.6M8 8h5.3M8 10.5h4.6',
  pause: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM6.5 6v4M9.5 6v4',
  stop: 'M5.6 2.2h4.8l3.4 3.4v4.8l-3.4 3.4H5.6l-3.4-3.4V5.6zM8 5v3.5M8 10.7v.1',
  cross: 'm4 4 8 8M12 4l-8 8',
  crossed: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM6 6l4 4M10 6l-4 4',
  truck:
    'M1.5 4h7.5v6.5H1.5zM9 6.5h3l2.5 2v2H9M4.5 10.5a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zM11.5 10.5a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z',
  back: 'M6 3.5 2.8 6.7 6 9.9M3 6.7h6.5a3.3 3.3 0 0 1 0 6.6H7',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  eye: 'M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  external: 'M6.5 3.5h-3v9h9v-3M9 2.7h4.3V7M13 3 7.5 8.5',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.3h10.4',
  table: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10',
  chart: 'M2.5 2.5v11h11M5 10.5 7.5 7l2 2L13 4.5',
  filter: 'M2 3.5h12L9.5 8.7v4.5l-3-1.5v-3z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  person: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.8 13.5c.4-2.5 2.5-3.8 5.2-3.8s4.8 1.3 5.2 3.8',
  globe:
    'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM2.4 8h11.2M8 2.2c2 1.7 2.6 3.7 2.6 5.8S10 12.1 8 13.8C6 12.1 5.4 10.1 5.4 8S6 3.9 8 2.2z',
  pin: 'M8 14s4.5-4 4.5-7.3a4.5 4.5 0 1 0-9 0C3.5 10 8 14 8 14zM8 5.2a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3M8 10v1.5',
  money: 'M2 4h12v8H2zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zM4.3 8h.1M11.7 8h.1',
  note: 'M3 2.5h10v7.5l-3.5 3.5H3zM9.5 13.5V10H13M5.5 5.5h5M5.5 8h3',
  bolt: 'M8.8 2 3.5 9h4l-.8 5 5.3-7h-4z',
  help: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM6.2 6.4a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.3M8 11.2v.1',
  logout: 'M9.5 3h-6v10h6M6.5 8h7M11 5.5 13.5 8 11 10.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  key: 'M5.5 6.5a3.5 3.5 0 1 1 0 .1zM8 9.5 13.5 9.5M11.5 9.5v2.5',
  hook: 'M5 9a2.7 2.7 0 1 0 2.7 2.7V5.5A2.5 2.5 0 1 1 11 7.8M5 11.7h0M13.5 11.7H7.7',
  inbox: 'M2.5 9.5 4.5 3h7l2 6.5v3.5h-11zM2.5 9.5h3.3l.9 1.7h2.6l.9-1.7h3.3',
  sort: 'M5 3v10M5 13l-2.3-2.5M5 13l2.3-2.5M11 13V3M11 3 8.7 5.5M11 3l2.3 2.5',
  link: 'M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2.2-2.2a2.5 2.5 0 0 0-3.6-3.6L8 4.4M9.2 6.8a2.5 2.5 0 0 0-3.6 0L3.4 9a2.5 2.5 0 0 0 3.6 3.6l1-1',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

import type { ReactNode } from 'react'
import { Collection } from 'react-aria-components/Collection'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { GridLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer'
import css from './cards.module.css'

/** Many tiles of one size in as many columns as fit, of which only those in sight are drawn. Give it a height. */
export function Tiles<T extends { readonly id: string }>({
  label,
  items,
  width,
  height,
  textOf,
  tile,
  onOpen,
  empty,
}: {
  readonly label: string
  readonly items: readonly T[]
  /** Least width of one, pixels. */
  readonly width: number
  readonly height: number
  readonly textOf: (item: T) => string
  readonly tile: (item: T) => ReactNode
  readonly onOpen?: (id: string) => void
  readonly empty: ReactNode
}) {
  const size = { minItemSize: new Size(width, height), maxItemSize: new Size(width * 2, height) }
  return (
    <Virtualizer layout={GridLayout} layoutOptions={{ ...size, minSpace: new Size(4, 4) }}>
      <GridList
        aria-label={label}
        layout="grid"
        className={css.list!}
        style={{ height: '100%' }}
        renderEmptyState={() => empty}
        {...(onOpen ? { onAction: (key: string | number) => onOpen(String(key)) } : {})}
      >
        <Collection items={items as T[]}>
          {(item) => (
            <GridListItem id={item.id} textValue={textOf(item)} className={css.listItem!} style={{ height }}>
              {tile(item)}
            </GridListItem>
          )}
        </Collection>
      </GridList>
    </Virtualizer>
  )
}

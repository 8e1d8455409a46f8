import type { ReactNode } from 'react'
import { GridList, GridListItem, ListLayout, Virtualizer } from './aria.ts'
import css from './cards.module.css'

/** Many rows of one height, of which only those in sight are drawn. It scrolls by itself: give it a height. */
export function LongList<T extends { readonly id: string }>({
  label,
  rows,
  rowHeight = 56,
  textOf,
  row,
  onOpen,
  chosen,
  empty,
}: {
  readonly label: string
  readonly rows: readonly T[]
  readonly rowHeight?: number
  readonly textOf: (row: T) => string
  readonly row: (row: T) => ReactNode
  readonly onOpen?: (row: T) => void
  readonly chosen?: string | undefined
  readonly empty: ReactNode
}) {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
      <GridList
        aria-label={label}
        className={css.list!}
        style={{ height: '100%' }}
        items={rows as T[]}
        renderEmptyState={() => empty}
        {...(chosen === undefined
          ? {}
          : { selectionMode: 'single' as const, selectedKeys: [chosen], disallowEmptySelection: true })}
        {...(onOpen
          ? {
              onAction: (key: string | number) => {
                const opened = rows.find(({ id }) => id === key)
                if (opened) onOpen(opened)
              },
            }
          : {})}
      >
        {(item) => (
          <GridListItem id={item.id} textValue={textOf(item)} className={css.listItem!} style={{ height: rowHeight }}>
            {row(item)}
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  )
}

import type { ReactNode } from 'react'
import { Collection } from 'react-aria-components/Collection'
import { GridList, GridListItem, GridListLoadMoreItem } from 'react-aria-components/GridList'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
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
  onEnd,
}: {
  readonly label: string
  readonly rows: readonly T[]
  readonly rowHeight?: number
  readonly textOf: (row: T) => string
  readonly row: (row: T) => ReactNode
  readonly onOpen?: (row: T) => void
  readonly chosen?: string | undefined
  readonly empty: ReactNode
  /** The last row is nearly in sight: more may be brought. */
  readonly onEnd?: () => void
}) {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
      <GridList
        aria-label={label}
        className={css.list!}
        style={{ height: '100%' }}
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
        <Collection items={rows as T[]}>
          {(item) => (
            <GridListItem id={item.id} textValue={textOf(item)} className={css.listItem!} style={{ height: rowHeight }}>
              {row(item)}
            </GridListItem>
          )}
        </Collection>
        {onEnd && <GridListLoadMoreItem onLoadMore={onEnd} isLoading={false} />}
      </GridList>
    </Virtualizer>
  )
}

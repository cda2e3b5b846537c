// Starts the page.
import './styles/base.css'
import './styles/layout.css'
import './styles/parts.css'
import './styles/popover.css'
import './styles/dialog.css'
import './styles/table.css'
import './styles/content.css'
import './styles/tones.css'
import './styles/tiles.css'
import './styles/list.css'
import './styles/pages.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { router } from './router.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('cannot start: the document has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

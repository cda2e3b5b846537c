// Addresses in; pages out. Each page is a chunk of its own, loaded when it is first asked for.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'
import { parseSearch, type Search, stringifySearch } from './state/search.ts'
import { ErrorState } from './ui/error-state.tsx'
import { Layout } from './ui/layout.tsx'
import { NotFound } from './ui/not-found.tsx'

const root = createRootRoute({
  component: Layout,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <ErrorState problem={error} />,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  // the range goes along from page to page
  search: { middlewares: [retainSearchParams(['from', 'to'])] },
})

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component })

const routes = [
  page(
    '/',
    lazyRouteComponent(() => import('./pages/overview.tsx'), 'Overview'),
  ),
  page(
    '/start',
    lazyRouteComponent(() => import('./pages/first-run.tsx'), 'FirstRun'),
  ),
  page(
    '/traces',
    lazyRouteComponent(() => import('./pages/traces.tsx'), 'Traces'),
  ),
  page(
    '/traces/$traceId',
    lazyRouteComponent(() => import('./pages/trace.tsx'), 'Trace'),
  ),
  page(
    '/generations',
    lazyRouteComponent(() => import('./pages/generations.tsx'), 'Generations'),
  ),
  page(
    '/sessions',
    lazyRouteComponent(() => import('./pages/sessions.tsx'), 'Sessions'),
  ),
  page(
    '/users',
    lazyRouteComponent(() => import('./pages/users.tsx'), 'Users'),
  ),
  page(
    '/scores',
    lazyRouteComponent(() => import('./pages/scores.tsx'), 'Scores'),
  ),
  page(
    '/sessions/$sessionId',
    lazyRouteComponent(() => import('./pages/session.tsx'), 'Session'),
  ),
  page(
    '/users/$userId',
    lazyRouteComponent(() => import('./pages/user.tsx'), 'User'),
  ),
  page(
    '/errors',
    lazyRouteComponent(() => import('./pages/errors.tsx'), 'Errors'),
  ),
  page(
    '/models',
    lazyRouteComponent(() => import('./pages/models.tsx'), 'Models'),
  ),
  page(
    '/prices',
    lazyRouteComponent(() => import('./pages/prices.tsx'), 'Prices'),
  ),
  page(
    '/sql',
    lazyRouteComponent(() => import('./pages/sql.tsx'), 'Sql'),
  ),
  page(
    '/system',
    lazyRouteComponent(() => import('./pages/system.tsx'), 'System'),
  ),
  page(
    '/settings',
    lazyRouteComponent(() => import('./pages/settings.tsx'), 'Settings'),
  ),
  page(
    '/agents',
    lazyRouteComponent(() => import('./pages/agents.tsx'), 'Agents'),
  ),
  page(
    '/tools',
    lazyRouteComponent(() => import('./pages/tools.tsx'), 'Tools'),
  ),
  page(
    '/prompts',
    lazyRouteComponent(() => import('./pages/prompts.tsx'), 'Prompts'),
  ),
]

export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

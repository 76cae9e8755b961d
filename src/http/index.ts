export { HeaderList } from './header-list.ts';
export { type Exchange, type HttpRequest, type HttpResponse, noBody, type Target } from './message.ts';

import { serveThread } from '../../../src/threads/thread';
import { createSearcher } from './search-task';

serveThread(createSearcher());

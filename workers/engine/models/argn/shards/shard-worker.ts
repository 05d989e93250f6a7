import { serveThread } from '../../../../../src/threads/thread';
import { Shard } from './shard';

serveThread(new Shard());

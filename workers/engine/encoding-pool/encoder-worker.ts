import { serveThread } from '../../../src/threads/thread';
import { encoderApi } from './column-task';

serveThread(encoderApi);

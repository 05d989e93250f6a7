import { expose } from '../../../src/threads/rpc';
import { encoderApi } from './encode-on-helper';

expose(encoderApi);

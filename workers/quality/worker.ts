import { expose } from '../../src/threads/rpc';
import { QualityService } from './service';

expose(new QualityService());

import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Frame } from '@echomate/contracts/frame.dto';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { FrameService } from './frame.service.js';

@ApiTags('frame')
@Controller('frame')
export class FrameController {
  constructor(private readonly frames: FrameService) {}

  /** What stands around every page: who you are, and how much waits for you */
  @Get()
  frame(@CurrentViewer() viewer: RequestViewer): Promise<Frame> {
    return this.frames.frame(viewer);
  }
}

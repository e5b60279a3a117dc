import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ConversationDetails,
  ConversationPage,
  ConversationsQuery,
  FoundMessages,
  Message,
  MessagePage,
  MessageSearchQuery,
  MessagesQuery,
  PresenceSetting,
  ReactRequest,
  ReadRequest,
  SendMessageRequest,
  StartConversationRequest,
  UnreadConversations,
  UpdateConversationRequest,
  UpdateMessageRequest,
} from '@echomate/contracts/chat.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ConversationsService } from './conversations.service.js';
import { MessageWritingService } from './message-writing.service.js';
import { MessagesService } from './messages.service.js';
import { PresenceService } from './presence.service.js';

@ApiTags('chat')
@Controller()
export class ChatController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesService,
    private readonly writing: MessageWritingService,
    private readonly presence: PresenceService,
  ) {}

  /** Your conversations and your groups' rooms, those written in last first */
  @Get('conversations')
  list(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: ConversationsQuery,
  ): Promise<ConversationPage> {
    const isArchived = query.archived === 'true';
    return this.conversations.list(userId, isArchived ? 'archived' : 'inbox', query);
  }

  /** Start a conversation with somebody who follows you or whom you follow, or find the one you have */
  @Post('conversations')
  @Refuses('not-allowed', 'not-found', 'conflict')
  start(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: StartConversationRequest,
  ): Promise<ConversationDetails> {
    return this.conversations.start(userId, request.userId);
  }

  /** Conversations that wait until you accept or answer */
  @Get('conversations/requests')
  requests(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<ConversationPage> {
    return this.conversations.list(userId, 'requests', query);
  }

  /** In how many conversations something is unread */
  @Get('conversations/unread')
  unread(@CurrentViewer() { userId }: RequestViewer): Promise<UnreadConversations> {
    return this.conversations.unread(userId);
  }

  /** Search the conversations you wrote in last */
  @Get('conversations/search')
  searchAll(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { q = '' }: MessageSearchQuery,
  ): Promise<FoundMessages> {
    return this.messages.searchAll(userId, q);
  }

  /** A conversation as you see it */
  @Get('conversations/:id')
  conversation(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<ConversationDetails> {
    return this.conversations.conversation(userId, id);
  }

  /** Mute a conversation, or put it away */
  @Patch('conversations/:id')
  update(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: UpdateConversationRequest,
  ): Promise<ConversationDetails> {
    return this.conversations.update(userId, id, request);
  }

  /** Accept a message request */
  @Post('conversations/:id/accept')
  @HttpCode(200)
  accept(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<ConversationDetails> {
    return this.conversations.accept(userId, id);
  }

  /** Decline a message request; the sender isn't told */
  @Post('conversations/:id/decline')
  @HttpCode(204)
  decline(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.conversations.decline(userId, id);
  }

  /** You have read up to this message */
  @Put('conversations/:id/read')
  @HttpCode(204)
  read(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { messageId }: ReadRequest,
  ): Promise<void> {
    return this.conversations.read(userId, id, messageId);
  }

  /** The messages of a conversation, newest first; with `after`, those that came later, oldest first */
  @Get('conversations/:id/messages')
  messagesOf(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: MessagesQuery,
  ): Promise<MessagePage> {
    return this.messages.list(userId, id, query);
  }

  /** Write a message */
  @Post('conversations/:id/messages')
  @Refuses('not-allowed')
  send(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: SendMessageRequest,
  ): Promise<Message> {
    return this.writing.send(userId, id, request);
  }

  /** Search a conversation */
  @Get('conversations/:id/search')
  search(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() { q = '' }: MessageSearchQuery,
  ): Promise<FoundMessages> {
    return this.messages.search(userId, id, q);
  }

  /** The room of a group you are in */
  @Get('groups/:id/conversation')
  ofGroup(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<ConversationDetails> {
    return this.conversations.ofGroup(userId, id);
  }

  /** Change the text of your message */
  @Patch('messages/:id')
  @Refuses('not-allowed')
  edit(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: UpdateMessageRequest,
  ): Promise<Message> {
    return this.writing.edit(userId, id, request);
  }

  /** Delete your message for everyone */
  @Delete('messages/:id')
  @HttpCode(204)
  delete(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.writing.delete(userId, id);
  }

  /** React to a message; it replaces your earlier reaction */
  @Put('messages/:id/reaction')
  @Refuses('not-allowed')
  react(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { emoji }: ReactRequest,
  ): Promise<Message> {
    return this.writing.react(userId, id, emoji);
  }

  /** Take back your reaction */
  @Delete('messages/:id/reaction')
  @Refuses('not-allowed')
  unreact(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<Message> {
    return this.writing.react(userId, id, null);
  }

  /** Whether your followers see that you are online */
  @Get('users/me/presence')
  presenceSetting(@CurrentViewer() { userId }: RequestViewer): Promise<PresenceSetting> {
    return this.presence.setting(userId);
  }

  /** Show or hide that you are online */
  @Put('users/me/presence')
  setPresence(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() setting: PresenceSetting,
  ): Promise<PresenceSetting> {
    return this.presence.set(userId, setting);
  }
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_HK" sourcelanguage="en">
<context>
    <name>AcceptDepositDialog</name>
    <message>
        <source>Accept {record_no}, {amount}</source>
        <translation>核實入賬 {record_no}，{amount}</translation>
    </message>
    <message>
        <source>The amount found on chain is credited once the confirmations are complete.</source>
        <translation>確認數足夠後，按鏈上金額入賬。</translation>
    </message>
    <message>
        <source>The client confirmed the amount</source>
        <translation>客戶確認金額</translation>
    </message>
    <message>
        <source>The network was congested</source>
        <translation>網絡擁塞</translation>
    </message>
    <message>
        <source>The supervisor agreed</source>
        <translation>主管同意</translation>
    </message>
</context>
<context>
    <name>ActBar</name>
    <message>
        <source>No row selected</source>
        <translation>未選擇資料</translation>
    </message>
    <message>
        <source>Show {name} in the table</source>
        <translation>在列表中顯示 {name}</translation>
    </message>
    <message>
        <source>{act} · {name}</source>
        <translation>{act} · {name}</translation>
    </message>
</context>
<context>
    <name>AddWalletDialog</name>
    <message>
        <source>Add wallet</source>
        <translation>新增錢包</translation>
    </message>
    <message>
        <source>As in the core system</source>
        <translation>與核心系統一致</translation>
    </message>
    <message numerus="yes">
        <source>Refunds can go to it %n hour(s) after it was verified, since the desk added it.</source>
        <translation>
            <numerusform>由於是操作員新增，認證後 %n 小時方可收取退幣。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remark (optional)</source>
        <translation>備註（選填）</translation>
    </message>
    <message>
        <source>The address is added as unverified. Verify it with the client afterwards.</source>
        <translation>地址新增後為「未認證」，其後須與客戶完成認證。</translation>
    </message>
    <message>
        <source>Verified for client {client_no} already; it cannot be verified here without an exception.</source>
        <translation>已認證予客戶 {client_no}；如無特別允許，不能再為此客戶認證。</translation>
    </message>
    <message>
        <source>{name}, {account}</source>
        <translation>{name}，{account}</translation>
    </message>
    <message>
        <source>{name}, {account}: identity not verified yet</source>
        <translation>{name}，{account}：尚未核實身份</translation>
    </message>
</context>
<context>
    <name>AddressCompare</name>
    <message numerus="yes">
        <source>%n character(s) differ: not the same address</source>
        <translation>
            <numerusform>%n 個字元不同，並非同一地址</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AgreeSharedWalletDialog</name>
    <message>
        <source>Deposits from this address may then be credited to both clients, and refunds of both may go there. Look at the papers yourself.</source>
        <translation>其後，由此地址的入幣可記入兩名客戶，兩名客戶的退幣亦可轉往此地址。請親自查閱文件。</translation>
    </message>
    <message>
        <source>Let {client_no} and {other} share it</source>
        <translation>讓 {client_no} 與 {other} 共用</translation>
    </message>
</context>
<context>
    <name>AllowSharedWalletDialog</name>
    <message>
        <source>Ask to share with {client_no}</source>
        <translation>申請與 {client_no} 共用</translation>
    </message>
    <message>
        <source>Joint wallet of both clients</source>
        <translation>兩位客戶的聯名錢包</translation>
    </message>
    <message>
        <source>One address proves one client. Allow two only when both are known to share it, such as a joint wallet. Another person has to agree before it counts.</source>
        <translation>一個地址只證明一名客戶。只有確知兩名客戶共用（例如聯名錢包），方可允許。須另一人同意後方生效。</translation>
    </message>
    <message>
        <source>Personal and company account of one owner</source>
        <translation>同一人的個人及公司賬戶</translation>
    </message>
</context>
<context>
    <name>ApproveRefundDialog</name>
    <message>
        <source>Approve {refund_no}, {amount}</source>
        <translation>批准 {refund_no}，{amount}</translation>
    </message>
    <message>
        <source>Compare every line with the client&apos;s request. These values were read from the database just now.</source>
        <translation>請逐項與客戶的要求核對。以下資料剛從資料庫重新讀取。</translation>
    </message>
</context>
<context>
    <name>ApproveRequestDialog</name>
    <message>
        <source>Approve for {login}</source>
        <translation>批准授權 {login}</translation>
    </message>
    <message>
        <source>Two people of different hands decide this. Ask {login} why, by telephone or in person, before you agree.</source>
        <translation>此事須由兩位獨立的人員決定。批准前，請致電或當面向 {login} 查詢原因。</translation>
    </message>
</context>
<context>
    <name>AuditEntryDialog</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Not sealed yet; the worker does it within seconds</source>
        <translation>尚未封存，系統會在數秒內完成</translation>
    </message>
    <message>
        <source>{action}: {object} {id}</source>
        <translation>{action}：{object} {id}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Fold</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show notice</source>
        <translation>顯示提示</translation>
    </message>
    <message>
        <source>Your password was changed outside WBO Desktop, so this login only looks: every act is refused until an administrator has confirmed the password under Operators &amp; Permissions. If it was not you, tell an administrator at once.</source>
        <translation>你的密碼曾在 WBO Desktop 以外被更改，此賬號目前只可查閱：管理員在「操作員與權限」確認密碼前，一切操作均被拒絕。如非你本人更改，請立即通知管理員。</translation>
    </message>
    <message>
        <source>{cause} What is on the screen can still be read, and nothing typed is lost; acts work again when the connection is back, which is tried every few seconds.</source>
        <translation>{cause}畫面上的內容仍可閱讀，已輸入的內容不會遺失；系統每隔數秒重試，連線恢復後即可繼續操作。</translation>
    </message>
</context>
<context>
    <name>BeginMessageSignatureDialog</name>
    <message>
        <source>A signature is 0x and hexadecimal digits, 132 characters for most wallets.</source>
        <translation>簽名為 0x 加十六進制字元，多數錢包為 132 個字元。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Copy the text to sign</source>
        <translation>複製待簽名文字</translation>
    </message>
    <message>
        <source>Make the text to sign</source>
        <translation>產生待簽名文字</translation>
    </message>
    <message>
        <source>Submit signature</source>
        <translation>提交簽名</translation>
    </message>
    <message>
        <source>The client signs a one-time text with the wallet. It costs nothing and moves no coins.</source>
        <translation>客戶以該錢包為一次性文字簽名；無須費用，亦不轉移任何幣。</translation>
    </message>
    <message>
        <source>The signature was handed in and is being checked.</source>
        <translation>簽名已提交，正在核驗。</translation>
    </message>
    <message>
        <source>Waiting for the client&apos;s signature.</source>
        <translation>正等候客戶簽名。</translation>
    </message>
    <message>
        <source>What the client sent back, beginning with 0x</source>
        <translation>客戶回覆的簽名，以 0x 開頭</translation>
    </message>
</context>
<context>
    <name>BeginMicroPaymentDialog</name>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Copy amount</source>
        <translation>複製金額</translation>
    </message>
    <message>
        <source>Make the amount</source>
        <translation>產生驗證金額</translation>
    </message>
    <message>
        <source>The client pays a small, unique amount from the wallet. Whoever can do that owns it.</source>
        <translation>客戶由該錢包轉出一筆獨一無二的小額，即可證明擁有該錢包。</translation>
    </message>
    <message>
        <source>The payment only proves the wallet. It stays in the client&apos;s custodial account but is not credited, and its TXID cannot be used for a deposit: tell the client so.</source>
        <translation>此付款只用於認證錢包：款項會存入客戶的存管賬戶，但不會入賬，其交易哈希亦不能用於入幣申請；請告知客戶。</translation>
    </message>
    <message>
        <source>Waiting for the payment. It is found by itself, usually within a block.</source>
        <translation>正等候付款，到達後會自動識別，一般在一個區塊內。</translation>
    </message>
</context>
<context>
    <name>CancelRefundDialog</name>
    <message>
        <source>Cancel {refund_no}</source>
        <translation>取消退幣 {refund_no}</translation>
    </message>
    <message>
        <source>Nothing was signed yet. The deposit is credited again, and a new refund can be requested.</source>
        <translation>交易尚未簽署。取消後入幣記錄回復「已到賬」，可重新申請退幣。</translation>
    </message>
    <message>
        <source>The address or amount has to change</source>
        <translation>地址或金額須更改</translation>
    </message>
    <message>
        <source>The client changed their mind</source>
        <translation>客戶改變主意</translation>
    </message>
</context>
<context>
    <name>ChangeOwnPasswordDialog</name>
    <message>
        <source>At least {minimum} characters; a sentence you can remember is best.</source>
        <translation>最少 {minimum} 個字元，最好是自己記得的句子。</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>修改密碼</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再次輸入新密碼</translation>
    </message>
    <message>
        <source>Not the same as above.</source>
        <translation>與上面不一致。</translation>
    </message>
    <message>
        <source>The new password is used from the next connection on.</source>
        <translation>新密碼於下次連線起生效。</translation>
    </message>
    <message>
        <source>Your password was given to you for one login only. Set one that only you know.</source>
        <translation>現時密碼只供首次登入，請設定只有你知道的密碼。</translation>
    </message>
</context>
<context>
    <name>ConfirmCustodialDeletionDialog</name>
    <message>
        <source>Delete {address}</source>
        <translation>刪除 {address}</translation>
    </message>
    <message>
        <source>It is no longer given to any client. The row stays in the log.</source>
        <translation>不再分配予客戶，記錄保留於日誌。</translation>
    </message>
</context>
<context>
    <name>ConfirmCustodialImportDialog</name>
    <message>
        <source>Clients will be told to pay to these addresses. Compare them with the list that you have from the custodian yourself, not with the file that was imported.</source>
        <translation>客戶將獲告知向這些地址付款。請與你本人從託管方取得的名單核對，而非與所匯入的檔案核對。</translation>
    </message>
    <message>
        <source>Compare them first; then tick this.</source>
        <translation>請先核對，再剔選此項。</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %n account(s)</source>
        <translation>
            <numerusform>確認 %n 個賬戶</numerusform>
        </translation>
    </message>
    <message>
        <source>I have compared every address with the custodian&apos;s own list</source>
        <translation>我已將每個地址與託管方的名單核對</translation>
    </message>
</context>
<context>
    <name>ConfirmPasswordDialog</name>
    <message>
        <source>Asked by telephone: it was them</source>
        <translation>已致電查詢，確為本人更改</translation>
    </message>
    <message>
        <source>Asked in person: it was them</source>
        <translation>已當面查詢，確為本人更改</translation>
    </message>
    <message>
        <source>Confirm for {login}</source>
        <translation>確認 {login} 的密碼</translation>
    </message>
    <message>
        <source>The password was changed outside WBO Desktop, so this login only looks. Ask the operator in person or by telephone. Only if they say it was them, confirm it; otherwise disable the login.</source>
        <translation>密碼在 WBO Desktop 以外被更改，此登入只可查詢。請當面或致電查詢該操作員，確為本人更改方可確認，否則請停用此登入。</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n block(s) to go</source>
        <translation>
            <numerusform>尚欠 %n 個區塊</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n 小時</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n 分鐘</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CreateOperatorDialog</name>
    <message>
        <source>A new operator may do nothing until permissions are granted. The first password is made here.</source>
        <translation>新操作員在授權前不能進行任何操作；首個密碼在此產生。</translation>
    </message>
    <message>
        <source>Lower-case letters, digits, point and underscore; cannot be changed later</source>
        <translation>小寫字母、數字、點及底線；之後不可更改</translation>
    </message>
</context>
<context>
    <name>DeleteApplicationDialog</name>
    <message>
        <source>Delete {external_serial}</source>
        <translation>刪除 {external_serial}</translation>
    </message>
    <message>
        <source>The TXID does not exist</source>
        <translation>交易哈希不存在</translation>
    </message>
    <message>
        <source>The address was filled in wrong</source>
        <translation>地址填寫錯誤</translation>
    </message>
    <message>
        <source>The application and its record end as deleted and stay readable. A transfer that was attached goes back to the transfers without a request.</source>
        <translation>申請及其記錄會標示為「已刪除」並保留可查；已關聯的轉賬會回到「未匹配轉賬」。</translation>
    </message>
    <message>
        <source>The client submitted it twice</source>
        <translation>用戶重複申請</translation>
    </message>
</context>
<context>
    <name>DeleteCustodialAccountDialog</name>
    <message>
        <source>Another person has to confirm this. Until then the account stays as it is and may be given to a client.</source>
        <translation>此操作須由另一人確認。在此之前，此賬戶維持不變，仍可能分配予客戶。</translation>
    </message>
    <message>
        <source>Ask to delete {address}</source>
        <translation>申請刪除 {address}</translation>
    </message>
    <message>
        <source>Closed at the channel</source>
        <translation>渠道已關閉賬戶</translation>
    </message>
    <message>
        <source>Delete {address}</source>
        <translation>刪除 {address}</translation>
    </message>
    <message>
        <source>Imported by mistake</source>
        <translation>誤匯入</translation>
    </message>
    <message>
        <source>It is no longer given to any client. The row stays in the log.</source>
        <translation>不再分配予客戶，記錄保留於日誌。</translation>
    </message>
</context>
<context>
    <name>DeleteWalletDialog</name>
    <message>
        <source>Added by mistake</source>
        <translation>誤新增</translation>
    </message>
    <message>
        <source>Delete {address}</source>
        <translation>刪除 {address}</translation>
    </message>
    <message>
        <source>Deposits from this address are no longer credited by themselves, and no refund can go there.</source>
        <translation>由此地址入幣不再自動入賬，亦不能退幣至此地址。</translation>
    </message>
    <message>
        <source>The client lost its key</source>
        <translation>客戶遺失私鑰</translation>
    </message>
    <message>
        <source>The client no longer uses it</source>
        <translation>客戶不再使用</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>Select a row to see all of it here.</source>
        <translation>選擇一筆記錄，即可在此查看詳情。</translation>
    </message>
</context>
<context>
    <name>DisableOperatorDialog</name>
    <message>
        <source>Disable {login}</source>
        <translation>停用 {login}</translation>
    </message>
    <message>
        <source>Left the company</source>
        <translation>已離職</translation>
    </message>
    <message>
        <source>On leave</source>
        <translation>休假</translation>
    </message>
    <message>
        <source>Open sessions end at once and no login is possible. What they did stays in the log.</source>
        <translation>現有登入即時終止，不能再登入；過往操作保留於日誌。</translation>
    </message>
    <message>
        <source>Suspected misuse</source>
        <translation>懷疑被盜用</translation>
    </message>
</context>
<context>
    <name>EnableOperatorDialog</name>
    <message>
        <source>Back from leave</source>
        <translation>休假後復職</translation>
    </message>
    <message>
        <source>Disabled by mistake</source>
        <translation>誤停用</translation>
    </message>
    <message>
        <source>Enable {login}</source>
        <translation>重新啟用 {login}</translation>
    </message>
    <message>
        <source>The operator can log in again with a new one-time password and has the permissions as before.</source>
        <translation>該操作員可用新的一次性密碼登入，權限與之前相同。</translation>
    </message>
</context>
<context>
    <name>ExecuteRefundDialog</name>
    <message>
        <source>Execute {refund_no}, {amount}</source>
        <translation>執行退幣 {refund_no}，{amount}</translation>
    </message>
    <message>
        <source>The coins leave for the address below and cannot be called back. Your password confirms it.</source>
        <translation>資金會轉出至以下地址，不能追回；請以密碼確認。</translation>
    </message>
    <message>
        <source>The password you logged in with</source>
        <translation>你登入時所用的密碼</translation>
    </message>
</context>
<context>
    <name>ExplainDifferenceDialog</name>
    <message>
        <source>A contract passed it on; seen in the explorer</source>
        <translation>由合約轉入，已在區塊瀏覽器核實</translation>
    </message>
    <message>
        <source>A fee that the network does not show</source>
        <translation>網絡未列明的費用</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差異</translation>
    </message>
    <message>
        <source>It leaves the list and stays in the log with your remark. Nothing is credited by this.</source>
        <translation>差異會從列表移除，並連同備註留存於操作日誌；不會因此入賬。</translation>
    </message>
    <message>
        <source>Our own transfer between accounts</source>
        <translation>本公司賬戶之間調撥</translation>
    </message>
</context>
<context>
    <name>GrantPermissionDialog</name>
    <message numerus="yes">
        <source>Apply %n change(s)</source>
        <translation>
            <numerusform>套用 %n 項更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Operate</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Permissions of {login}</source>
        <translation>{login} 的權限</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查詢</translation>
    </message>
    <message>
        <source>Waiting for a second administrator: {permissions}</source>
        <translation>正等候第二位管理員批准：{permissions}</translation>
    </message>
    <message>
        <source>Waits for a second administrator: {permissions}</source>
        <translation>須待第二位管理員批准：{permissions}</translation>
    </message>
    <message>
        <source>What only looks, and what is withdrawn, takes effect at once, in open windows too. Everything else waits for an administrator of another hand.</source>
        <translation>查詢權限及收回權限即時生效，已開啟的視窗亦然；其他權限須等候另一位獨立的管理員批准。</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Connected to {server}</source>
        <translation>已連接至 {server}</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>資料庫</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已斷線</translation>
    </message>
    <message>
        <source>Jump to record, client, address, TXID or page</source>
        <translation>前往記錄、客戶、地址、TXID 或頁面</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Look and text size</source>
        <translation>外觀及文字大小</translation>
    </message>
    <message>
        <source>{login} on {workstation}</source>
        <translation>{login}，工作站 {workstation}</translation>
    </message>
</context>
<context>
    <name>ImportCustodialAccountsDialog</name>
    <message numerus="yes">
        <source>%n line(s) have to be corrected in the file; nothing is imported until all are right.</source>
        <translation>
            <numerusform>檔案有 %n 行須更正；全部正確後才會匯入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s), all of them right.</source>
        <translation>
            <numerusform>共 %n 行，全部正確。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new account(s) imported.</source>
        <translation>
            <numerusform>已匯入 %n 個新賬戶。</numerusform>
        </translation>
    </message>
    <message>
        <source>A CSV or XLSX file whose first line names the columns channel, network and address. Accounts that exist already are left as they are. New ones are given to clients once another person has confirmed them.</source>
        <translation>CSV 或 XLSX 檔案，首行須列明 channel、network 及 address 各欄。已有的賬戶維持不變。新賬戶經另一人確認後，方會分配予客戶。</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>選擇檔案…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message numerus="yes">
        <source>Import %n account(s)</source>
        <translation>
            <numerusform>匯入 %n 個賬戶</numerusform>
        </translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>未選擇檔案</translation>
    </message>
    <message>
        <source>They wait for another person&apos;s confirmation.</source>
        <translation>現待另一人確認。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>未能讀取此檔案。</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>問題</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n account(s) in this import.</source>
        <translation>
            <numerusform>此批匯入共 %n 個賬戶。</numerusform>
        </translation>
    </message>
    <message>
        <source>Accounts of this import</source>
        <translation>此批匯入的賬戶</translation>
    </message>
    <message>
        <source>The first {number} are shown.</source>
        <translation>現顯示首 {number} 個。</translation>
    </message>
</context>
<context>
    <name>JumpDialog</name>
    <message>
        <source>Record number, client number, address, TXID, or the name of a page</source>
        <translation>記錄編號、客戶編號、地址、TXID 或頁面名稱</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>前往何處</translation>
    </message>
    <message>
        <source>{page} · {field} {value}</source>
        <translation>{page} · {field} {value}</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter opens · Esc closes</source>
        <translation>↑ ↓ 選擇 · Enter 開啟 · Esc 關閉</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 筆新資料</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>共 %n 筆</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>載入中…</translation>
    </message>
    <message>
        <source>Nothing matches these filters. Press Esc in the filter bar to clear them.</source>
        <translation>沒有符合條件的記錄。在篩選欄按 Esc 可清除條件。</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>顯示新資料</translation>
    </message>
    <message>
        <source>This row is no longer in the list. Load again to see what is there now.</source>
        <translation>這筆資料已不在列表中，請重新載入以查看現況。</translation>
    </message>
    <message numerus="yes">
        <source>about %n row(s)</source>
        <translation>
            <numerusform>約 %n 筆</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Locked</source>
        <translation>已鎖定</translation>
    </message>
    <message>
        <source>Log out instead</source>
        <translation>改為登出</translation>
    </message>
    <message>
        <source>Password of {login}</source>
        <translation>{login} 的密碼</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解鎖</translation>
    </message>
    <message>
        <source>{name} is logged in on {workstation}. Work underneath is kept.</source>
        <translation>{name} 已登入 {workstation}，未完成的工作會保留。</translation>
    </message>
</context>
<context>
    <name>LoginDialog</name>
    <message>
        <source>Back office for clients&apos; cryptocurrency deposits</source>
        <translation>客戶加密貨幣入幣後台</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登入</translation>
    </message>
    <message>
        <source>Log in to WBO Desktop</source>
        <translation>登入 WBO Desktop</translation>
    </message>
    <message>
        <source>Server: {server}</source>
        <translation>伺服器：{server}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>An act is still under way. Close when it has ended?</source>
        <translation>仍有操作正在進行。待其完成後關閉？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>WBO Desktop – {name}</source>
        <translation>WBO Desktop – {name}</translation>
    </message>
</context>
<context>
    <name>OneTimePasswordDialog</name>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>I have passed it on</source>
        <translation>我已轉交</translation>
    </message>
    <message>
        <source>It is shown this once and kept nowhere. Hand it over in person or by telephone; it has to be changed at the first login.</source>
        <translation>密碼只顯示這一次，不會保存。請當面或以電話轉交；首次登入須修改。</translation>
    </message>
    <message>
        <source>It works once an administrator of another hand has agreed, under Permission Requests.</source>
        <translation>須待另一位獨立的管理員在「授權申請」批准後，此密碼方可使用。</translation>
    </message>
    <message>
        <source>One-time password of {login}</source>
        <translation>{login} 的一次性密碼</translation>
    </message>
</context>
<context>
    <name>RecheckDepositDialog</name>
    <message>
        <source>Check {record_no} again</source>
        <translation>重新核對 {record_no}</translation>
    </message>
    <message>
        <source>The record is checked against the chain again by the same rules. Do this once the cause is cleared up.</source>
        <translation>系統會按相同規則在鏈上重新核對此記錄；請先釐清原因。</translation>
    </message>
</context>
<context>
    <name>RecordClientNotifiedDialog</name>
    <message>
        <source>Choose how the client was told</source>
        <translation>選擇通知客戶的方式</translation>
    </message>
    <message>
        <source>Left a message</source>
        <translation>已留言</translation>
    </message>
    <message>
        <source>Tell the client first, for instance with the text below, then record how you did. The time and your name are recorded by themselves.</source>
        <translation>請先通知客戶（可用以下文字），再記錄通知方式；時間及操作人會自動記錄。</translation>
    </message>
    <message>
        <source>Text sent as offered</source>
        <translation>已按所提供文字發送</translation>
    </message>
    <message>
        <source>The client confirmed receipt</source>
        <translation>客戶確認收到</translation>
    </message>
    <message>
        <source>The client has been told</source>
        <translation>已通知客戶</translation>
    </message>
</context>
<context>
    <name>RecordWindow</name>
    <message>
        <source>{page} {name}</source>
        <translation>{page} {name}</translation>
    </message>
</context>
<context>
    <name>RefundDetailDialog</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Refund {refund_no}</source>
        <translation>退幣 {refund_no}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步驟</translation>
    </message>
    <message>
        <source>Transactions</source>
        <translation>鏈上交易</translation>
    </message>
    <message>
        <source>{number}. {state}, nonce {nonce}, fee cap {cap} gwei, tip {tip} gwei</source>
        <translation>{number}. {state}，nonce {nonce}，費用上限 {cap} gwei，小費 {tip} gwei</translation>
    </message>
</context>
<context>
    <name>RefundReviewDialog</name>
    <message>
        <source>Client was asked</source>
        <translation>已向客戶查詢</translation>
    </message>
    <message>
        <source>Fee estimate</source>
        <translation>預計網絡費</translation>
    </message>
    <message>
        <source>Hot wallet holds</source>
        <translation>熱錢包餘額</translation>
    </message>
    <message>
        <source>No longer verified: {status}</source>
        <translation>已非認證狀態：{status}</translation>
    </message>
    <message>
        <source>No, this became known later</source>
        <translation>未有，此情況其後才得悉</translation>
    </message>
    <message>
        <source>Please note</source>
        <translation>請注意</translation>
    </message>
    <message>
        <source>Recomputed on this workstation from the values above: it does NOT match the database.</source>
        <translation>本工作站按以上內容重新計算：與資料庫不符。</translation>
    </message>
    <message>
        <source>Recomputed on this workstation from the values above: it matches the database.</source>
        <translation>本工作站按以上內容重新計算：與資料庫一致。</translation>
    </message>
    <message>
        <source>Refund address</source>
        <translation>退幣地址</translation>
    </message>
    <message>
        <source>Yes, {login} did</source>
        <translation>有，由 {login} 查詢</translation>
    </message>
    <message>
        <source>at most {fee} now</source>
        <translation>現時最多 {fee}</translation>
    </message>
    <message>
        <source>{credited}; {missing} stays with us</source>
        <translation>{credited}；{missing} 留存於本公司</translation>
    </message>
    <message>
        <source>{method}, verified for {client_no}, {time}</source>
        <translation>{method}，已認證予 {client_no}，{time}</translation>
    </message>
    <message>
        <source>{network} (chain id {chain_id})</source>
        <translation>{network}（鏈編號 {chain_id}）</translation>
    </message>
</context>
<context>
    <name>RefuseCustodialDeletionDialog</name>
    <message>
        <source>Asked for by mistake</source>
        <translation>申請有誤</translation>
    </message>
    <message>
        <source>Keep the account</source>
        <translation>保留賬戶</translation>
    </message>
    <message>
        <source>Still in use at the channel</source>
        <translation>渠道仍在使用</translation>
    </message>
    <message>
        <source>The account stays as it is and may be given to a client.</source>
        <translation>賬戶維持不變，可分配予客戶。</translation>
    </message>
</context>
<context>
    <name>RefuseCustodialImportDialog</name>
    <message>
        <source>All accounts of this import are deleted; they were given to nobody. They can be imported again.</source>
        <translation>此批匯入的賬戶將全部刪除；未曾分配予任何人，可再次匯入。</translation>
    </message>
    <message>
        <source>Imported by mistake</source>
        <translation>誤匯入</translation>
    </message>
    <message>
        <source>Not on the custodian&apos;s list</source>
        <translation>不在託管方名單上</translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n account(s)</source>
        <translation>
            <numerusform>拒絕 %n 個賬戶</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefuseRequestDialog</name>
    <message>
        <source>Not agreed with the desk</source>
        <translation>未經部門同意</translation>
    </message>
    <message>
        <source>Nothing changes. The reason stays in the log.</source>
        <translation>不作任何更改，原因會留在日誌。</translation>
    </message>
    <message>
        <source>Refuse for {login}</source>
        <translation>拒絕 {login} 的申請</translation>
    </message>
    <message>
        <source>{login} did not ask for it</source>
        <translation>{login} 沒有提出此申請</translation>
    </message>
</context>
<context>
    <name>RefuseSharedWalletDialog</name>
    <message>
        <source>Asked for by mistake</source>
        <translation>申請有誤</translation>
    </message>
    <message>
        <source>Do not share it</source>
        <translation>不予共用</translation>
    </message>
    <message>
        <source>The address stays with the client for whom it is verified.</source>
        <translation>此地址仍只屬於已認證的客戶。</translation>
    </message>
    <message>
        <source>The papers do not show it</source>
        <translation>文件未能證明</translation>
    </message>
</context>
<context>
    <name>RejectRefundDialog</name>
    <message>
        <source>Not justified</source>
        <translation>理據不足</translation>
    </message>
    <message>
        <source>Reject {refund_no}</source>
        <translation>拒絕 {refund_no}</translation>
    </message>
    <message>
        <source>The address is not the client&apos;s</source>
        <translation>地址並非客戶所有</translation>
    </message>
    <message>
        <source>The amount is wrong</source>
        <translation>金額不正確</translation>
    </message>
    <message>
        <source>The deposit is credited again, and the requester reads your remark.</source>
        <translation>入幣記錄回復「已到賬」，申請人會看到你的備註。</translation>
    </message>
</context>
<context>
    <name>RequestRefundDialog</name>
    <message>
        <source>Ask the client first; then tick this.</source>
        <translation>請先向客戶查詢，然後勾選。</translation>
    </message>
    <message>
        <source>At most {limit}, what was credited.</source>
        <translation>最多 {limit}（入賬金額）。</translation>
    </message>
    <message>
        <source>Choose one of the client&apos;s verified wallets</source>
        <translation>選擇此客戶的已認證錢包</translation>
    </message>
    <message>
        <source>Compliance requires it</source>
        <translation>合規要求</translation>
    </message>
    <message>
        <source>I have checked with the client that coins sent there reach them</source>
        <translation>已向客戶確認：轉到該地址的資金，客戶能收到</translation>
    </message>
    <message>
        <source>Network fee borne by the client</source>
        <translation>網絡費用由客戶承擔</translation>
    </message>
    <message>
        <source>Nothing is sent yet: another operator approves first, then the refund is executed.</source>
        <translation>此時不會轉出資金：先由另一位操作員批准，再執行退幣。</translation>
    </message>
    <message>
        <source>Nothing is sent yet: the refund still has to be executed.</source>
        <translation>此時不會轉出資金：其後仍須執行退幣。</translation>
    </message>
    <message>
        <source>Refund address</source>
        <translation>退幣地址</translation>
    </message>
    <message>
        <source>Request refund of {amount}</source>
        <translation>申請退幣 {amount}</translation>
    </message>
    <message>
        <source>The client asked for it</source>
        <translation>客戶要求</translation>
    </message>
    <message>
        <source>The client keeps a part</source>
        <translation>客戶保留部分資產</translation>
    </message>
    <message>
        <source>The wallets could not be read.</source>
        <translation>未能讀取錢包。</translation>
    </message>
    <message>
        <source>This client has no verified wallet on this network. Verify one under Client Wallet Address.</source>
        <translation>此客戶在此網絡沒有已認證錢包，請在「客戶錢包地址」完成認證。</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>Verified for this client by {method}, {time}</source>
        <translation>已為此客戶認證（{method}），{time}</translation>
    </message>
    <message>
        <source>Verified wallet it looks like</source>
        <translation>外觀相似的已認證錢包</translation>
    </message>
    <message>
        <source>Verified wallets of the client</source>
        <translation>客戶的已認證錢包</translation>
    </message>
    <message>
        <source>added by {login}</source>
        <translation>由 {login} 新增</translation>
    </message>
    <message>
        <source>receives refunds from {time}</source>
        <translation>{time} 起可收取退幣</translation>
    </message>
    <message>
        <source>{address}   {method}, {time}</source>
        <translation>{address}&#x3000;{method}，{time}</translation>
    </message>
    <message>
        <source>{network} (as deposited, cannot be changed)</source>
        <translation>{network}（與入幣網絡一致，不可更改）</translation>
    </message>
</context>
<context>
    <name>ResetPasswordDialog</name>
    <message>
        <source>Open sessions of this operator end at once. Make sure that it is really they who ask for it.</source>
        <translation>該操作員的現有登入會即時終止；請先核實確由本人提出。</translation>
    </message>
    <message>
        <source>Reset password of {login}</source>
        <translation>重設 {login} 的密碼</translation>
    </message>
</context>
<context>
    <name>RevokeDepositDialog</name>
    <message>
        <source>Kept in the log together with your name, the time and this workstation.</source>
        <translation>連同操作人、時間及工作站留存於日誌。</translation>
    </message>
    <message>
        <source>No transfer for it is on chain, so the request can be withdrawn. This cannot be undone.</source>
        <translation>鏈上未有此請求的轉賬，可以撤銷此入幣請求；撤銷後不可回復。</translation>
    </message>
    <message>
        <source>Revoke {record_no}</source>
        <translation>撤銷 {record_no}</translation>
    </message>
    <message>
        <source>Revoke {record_no} of {client_no}, {amount}? Remark: {remark}. It cannot be undone.</source>
        <translation>再次確認：撤銷客戶 {client_no} 的 {record_no}，{amount}。備註：{remark}。撤銷後不可回復。</translation>
    </message>
    <message>
        <source>The address was filled in wrong</source>
        <translation>地址填寫錯誤</translation>
    </message>
    <message>
        <source>The client asked to cancel</source>
        <translation>客戶要求取消</translation>
    </message>
    <message>
        <source>The client submitted it twice</source>
        <translation>用戶重複申請</translation>
    </message>
</context>
<context>
    <name>SaveCryptocurrencyDialog</name>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add cryptocurrency</source>
        <translation>新增加密貨幣</translation>
    </message>
    <message>
        <source>Below this nothing is paid</source>
        <translation>低於此額停止付款</translation>
    </message>
    <message>
        <source>Below this the hot wallet is to be topped up</source>
        <translation>低於此額須補充熱錢包</translation>
    </message>
    <message>
        <source>Blocks until it is credited</source>
        <translation>入賬前所需區塊數</translation>
    </message>
    <message>
        <source>Clients can deposit this coin</source>
        <translation>客戶可存入此幣種</translation>
    </message>
    <message>
        <source>Deposits</source>
        <translation>入幣</translation>
    </message>
    <message>
        <source>Edit {code} on {network}</source>
        <translation>修改 {network} 的 {code}</translation>
    </message>
    <message>
        <source>Empty: never</source>
        <translation>留空：不適用</translation>
    </message>
    <message>
        <source>Empty: no limit</source>
        <translation>留空：不設上限</translation>
    </message>
    <message>
        <source>Fixed when it was added</source>
        <translation>新增後不可更改</translation>
    </message>
    <message>
        <source>How much of the claim may be missing</source>
        <translation>申報金額可容許的差額</translation>
    </message>
    <message>
        <source>Leave empty for the network&apos;s own coin</source>
        <translation>網絡原生幣請留空</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退幣</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Such as USDT</source>
        <translation>例如 USDT</translation>
    </message>
    <message>
        <source>The coin</source>
        <translation>幣種資料</translation>
    </message>
</context>
<context>
    <name>SaveNetworkDialog</name>
    <message>
        <source>1 for Ethereum&apos;s main network</source>
        <translation>以太坊主網為 1</translation>
    </message>
    <message>
        <source>A TXID that no node knows becomes abnormal after this time</source>
        <translation>超過此時間仍無節點知悉的交易哈希會列為異常</translation>
    </message>
    <message>
        <source>A link beginning with https:// that has {mark} in it</source>
        <translation>須為 https:// 開頭並含 {mark} 的連結</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add network</source>
        <translation>新增網絡</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>修改 {name}</translation>
    </message>
    <message>
        <source>Fixed when it was added</source>
        <translation>新增後不可更改</translation>
    </message>
    <message>
        <source>One URL a line; the first is asked first</source>
        <translation>每行一個網址，依次查詢</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>So many nodes have to give the same answer before anything is credited</source>
        <translation>此數目的節點回應一致才會入賬</translation>
    </message>
    <message>
        <source>So many workers, each with a login of its own, have to report a transfer before it is credited</source>
        <translation>此數目的工作程序（各用自己的登入帳戶）匯報同一轉賬後才會入賬</translation>
    </message>
    <message>
        <source>Such as Ethereum; cannot be changed later</source>
        <translation>例如 Ethereum；之後不可更改</translation>
    </message>
    <message numerus="yes">
        <source>There are only %n node(s) above.</source>
        <translation>
            <numerusform>上面只有 %n 個節點。</numerusform>
        </translation>
    </message>
    <message>
        <source>With {address} in it</source>
        <translation>須含 {address}</translation>
    </message>
    <message>
        <source>With {txid} in it</source>
        <translation>須含 {txid}</translation>
    </message>
</context>
<context>
    <name>SavePolicyDialog</name>
    <message>
        <source>From now on</source>
        <translation>改為</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現時</translation>
    </message>
    <message>
        <source>On</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Menu</source>
        <translation>選單</translation>
    </message>
    <message>
        <source>Search the menu</source>
        <translation>搜尋選單</translation>
    </message>
</context>
<context>
    <name>VerifyAuditDialog</name>
    <message>
        <source>Each sealed entry carries a hash over itself and the one before. An entry that was altered, removed or put in afterwards breaks the chain.</source>
        <translation>每條已封存的日誌都帶有自身及上一條的哈希值；事後修改、移除或插入任何一條，都會令哈希鏈中斷。</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>日誌條數</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>Head of the chain</source>
        <translation>哈希鏈末端</translation>
    </message>
    <message>
        <source>Leave the log as it is, and tell the administrator and compliance now.</source>
        <translation>請勿改動日誌，並立即通知管理員及合規部。</translation>
    </message>
    <message>
        <source>Of these, sealed</source>
        <translation>其中已封存</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>The chain is whole: no sealed entry was altered.</source>
        <translation>哈希鏈完整：已封存的日誌未被修改。</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>再次驗證</translation>
    </message>
</context>
<context>
    <name>VerifyWalletDialog</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>It is verified now, and will not be until the new proof has arrived.</source>
        <translation>現時已認證；重新開始後，須待新憑據到達才再算認證。</translation>
    </message>
    <message>
        <source>The payment was found and gathers confirmations.</source>
        <translation>已找到付款，正累積確認數。</translation>
    </message>
    <message>
        <source>Verified. Deposits from this wallet go on by themselves.</source>
        <translation>認證成功，由此錢包的入幣會自動繼續。</translation>
    </message>
</context>
<context>
    <name>WithdrawRequestDialog</name>
    <message>
        <source>Nothing changes, and nobody has to decide it any more.</source>
        <translation>不作任何更改，亦無須再審批。</translation>
    </message>
</context>
<context>
    <name>_ChoicePart</name>
    <message>
        <source>{field}: all</source>
        <translation>{field}：全部</translation>
    </message>
</context>
<context>
    <name>_DatesPart</name>
    <message>
        <source>Days as in Hong Kong; the last one counts in full</source>
        <translation>按香港日期計算，包括最後一日全日</translation>
    </message>
    <message>
        <source>From – to…</source>
        <translation>自選日期…</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{field}, from</source>
        <translation>{field}由</translation>
    </message>
    <message>
        <source>{field}, to</source>
        <translation>{field}至</translation>
    </message>
    <message>
        <source>{field}: any time</source>
        <translation>{field}：不限</translation>
    </message>
</context>
<context>
    <name>_Event</name>
    <message>
        <source>{action}: {status}</source>
        <translation>{action}：{status}</translation>
    </message>
    <message>
        <source>“{remark}”</source>
        <translation>「{remark}」</translation>
    </message>
</context>
<context>
    <name>account_next</name>
    <message>
        <source>Another person compares the import with the custodian&apos;s list and confirms it. Until then the account is used for nothing.</source>
        <translation>須由另一人將匯入內容與託管方名單核對並確認。在此之前，此賬戶不作任何用途。</translation>
    </message>
    <message>
        <source>Another person confirms the deletion. Until then the account may be given to a client.</source>
        <translation>須由另一人確認刪除。在此之前，此賬戶仍可能分配予客戶。</translation>
    </message>
    <message>
        <source>It is given to the next client who needs one.</source>
        <translation>將分配予下一位有需要的客戶。</translation>
    </message>
    <message>
        <source>It stays this client&apos;s.</source>
        <translation>此賬戶一直屬於該客戶。</translation>
    </message>
</context>
<context>
    <name>account_state</name>
    <message>
        <source>Assigned</source>
        <translation>已分配</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已確認</translation>
    </message>
    <message>
        <source>Deletion to be confirmed</source>
        <translation>刪除待確認</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>未分配</translation>
    </message>
    <message>
        <source>Import to be confirmed</source>
        <translation>匯入待確認</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒絕</translation>
    </message>
</context>
<context>
    <name>act</name>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Select one row first.</source>
        <translation>請先選擇一筆記錄。</translation>
    </message>
</context>
<context>
    <name>action</name>
    <message>
        <source>Accept</source>
        <translation>核實入賬</translation>
    </message>
    <message>
        <source>Add wallet address</source>
        <translation>新增錢包地址</translation>
    </message>
    <message>
        <source>Added by the database&apos;s owner</source>
        <translation>由資料庫擁有者新增</translation>
    </message>
    <message>
        <source>Administrator made by the database&apos;s owner</source>
        <translation>資料庫擁有者新增管理員</translation>
    </message>
    <message>
        <source>Agree to share wallet</source>
        <translation>同意共用錢包</translation>
    </message>
    <message>
        <source>Alarm cleared</source>
        <translation>警報已解除</translation>
    </message>
    <message>
        <source>Application received</source>
        <translation>收到申請</translation>
    </message>
    <message>
        <source>Approve permission</source>
        <translation>批准授權</translation>
    </message>
    <message>
        <source>Approve refund</source>
        <translation>批准退幣</translation>
    </message>
    <message>
        <source>Approve request</source>
        <translation>批准申請</translation>
    </message>
    <message>
        <source>Ask to share wallet</source>
        <translation>申請共用錢包</translation>
    </message>
    <message>
        <source>Balances compared with the chain</source>
        <translation>已與鏈上餘額核對</translation>
    </message>
    <message>
        <source>Cancel refund</source>
        <translation>取消退幣</translation>
    </message>
    <message>
        <source>Change own password</source>
        <translation>修改密碼</translation>
    </message>
    <message>
        <source>Change rule of the desk</source>
        <translation>修改系統規則</translation>
    </message>
    <message>
        <source>Changed by the database&apos;s owner</source>
        <translation>由資料庫擁有者修改</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新核對</translation>
    </message>
    <message>
        <source>Checked against the chain</source>
        <translation>鏈上核對</translation>
    </message>
    <message>
        <source>Client notified</source>
        <translation>已通知客戶</translation>
    </message>
    <message>
        <source>Clients imported</source>
        <translation>已匯入客戶</translation>
    </message>
    <message>
        <source>Closed login opened again</source>
        <translation>暫停的登入已恢復</translation>
    </message>
    <message>
        <source>Confirm deletion</source>
        <translation>確認刪除</translation>
    </message>
    <message>
        <source>Confirm import</source>
        <translation>確認匯入</translation>
    </message>
    <message>
        <source>Confirm password</source>
        <translation>確認密碼</translation>
    </message>
    <message>
        <source>Create operator</source>
        <translation>新增操作員</translation>
    </message>
    <message>
        <source>Custodial account assigned</source>
        <translation>分配存管賬戶</translation>
    </message>
    <message>
        <source>Delete application</source>
        <translation>刪除申請</translation>
    </message>
    <message>
        <source>Delete custodial account</source>
        <translation>刪除存管賬戶</translation>
    </message>
    <message>
        <source>Delete wallet address</source>
        <translation>刪除錢包地址</translation>
    </message>
    <message>
        <source>Disable operator</source>
        <translation>停用操作員</translation>
    </message>
    <message>
        <source>Enable operator</source>
        <translation>重新啟用操作員</translation>
    </message>
    <message>
        <source>Execute refund</source>
        <translation>執行退幣</translation>
    </message>
    <message>
        <source>Explain difference</source>
        <translation>解釋差異</translation>
    </message>
    <message>
        <source>Grant permission</source>
        <translation>授予權限</translation>
    </message>
    <message>
        <source>Hot wallet reconciled</source>
        <translation>熱錢包已對賬</translation>
    </message>
    <message>
        <source>Hot wallet registered</source>
        <translation>登記熱錢包</translation>
    </message>
    <message>
        <source>Import custodial accounts</source>
        <translation>匯入存管賬戶</translation>
    </message>
    <message>
        <source>Known addresses imported</source>
        <translation>已匯入已知地址</translation>
    </message>
    <message>
        <source>Line stopped with an alarm</source>
        <translation>線路因警報停止</translation>
    </message>
    <message>
        <source>Login closed for holding others up</source>
        <translation>登入因阻礙他人而暫停</translation>
    </message>
    <message>
        <source>Login locked after failures</source>
        <translation>登入失敗過多，已鎖定</translation>
    </message>
    <message>
        <source>Login no longer locked</source>
        <translation>登入已解除鎖定</translation>
    </message>
    <message>
        <source>Login opened for its own workstation</source>
        <translation>已為其本身工作站開放登入</translation>
    </message>
    <message>
        <source>Message signature verification</source>
        <translation>簽名驗證</translation>
    </message>
    <message>
        <source>Micro-payment verification</source>
        <translation>小額支付驗證</translation>
    </message>
    <message>
        <source>Note of the sender</source>
        <translation>發送程序備註</translation>
    </message>
    <message>
        <source>Password changed past the desk</source>
        <translation>密碼於系統以外更改</translation>
    </message>
    <message>
        <source>Payments stopped</source>
        <translation>停止付款</translation>
    </message>
    <message>
        <source>Refund broadcast</source>
        <translation>退幣已廣播</translation>
    </message>
    <message>
        <source>Refund signed</source>
        <translation>退幣已簽署</translation>
    </message>
    <message>
        <source>Refuse deletion</source>
        <translation>拒絕刪除</translation>
    </message>
    <message>
        <source>Refuse import</source>
        <translation>拒絕匯入</translation>
    </message>
    <message>
        <source>Refuse request</source>
        <translation>拒絕申請</translation>
    </message>
    <message>
        <source>Refuse to share wallet</source>
        <translation>不同意共用錢包</translation>
    </message>
    <message>
        <source>Refused attempt</source>
        <translation>被拒絕的操作</translation>
    </message>
    <message>
        <source>Reject refund</source>
        <translation>拒絕退幣</translation>
    </message>
    <message>
        <source>Reorganisation undone</source>
        <translation>處理鏈重組</translation>
    </message>
    <message>
        <source>Request refund</source>
        <translation>申請退幣</translation>
    </message>
    <message>
        <source>Reset password</source>
        <translation>重設密碼</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤銷</translation>
    </message>
    <message>
        <source>Revoke permission</source>
        <translation>收回權限</translation>
    </message>
    <message>
        <source>Save cryptocurrency</source>
        <translation>儲存加密貨幣</translation>
    </message>
    <message>
        <source>Save network</source>
        <translation>儲存網絡</translation>
    </message>
    <message>
        <source>Server&apos;s log read</source>
        <translation>已讀取伺服器日誌</translation>
    </message>
    <message>
        <source>Session that held others up was ended</source>
        <translation>已結束阻礙他人的連線</translation>
    </message>
    <message>
        <source>Submit signature</source>
        <translation>提交簽名</translation>
    </message>
    <message>
        <source>TXID attached</source>
        <translation>補充交易哈希</translation>
    </message>
    <message>
        <source>Verify the log</source>
        <translation>驗證日誌</translation>
    </message>
    <message>
        <source>Withdraw request</source>
        <translation>撤回申請</translation>
    </message>
</context>
<context>
    <name>address</name>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Identical to the last character</source>
        <translation>完全一致</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>二維碼</translation>
    </message>
</context>
<context>
    <name>agreement</name>
    <message>
        <source>All administrators count as one person, so nothing that needs two can be agreed to. The database&apos;s owner adds another administrator (wbo-desktop db add-admin).</source>
        <translation>所有管理員視為同一人，須由兩人處理的事項無從批准。請資料庫擁有者新增另一位管理員（wbo-desktop db add-admin）。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Nothing has changed yet: it waits under Permission Requests for an administrator of another hand.</source>
        <translation>尚未更改：正在「授權申請」等候另一位獨立的管理員批准。</translation>
    </message>
    <message>
        <source>This opens a way for money, so an administrator of another hand agrees first.</source>
        <translation>此舉開放資金進出的途徑，須先經另一位獨立的管理員批准。</translation>
    </message>
    <message>
        <source>Weaker than before, so an administrator of another hand agrees first: {names}</source>
        <translation>以下規則較前寬鬆，須先經另一位獨立的管理員批准：{names}</translation>
    </message>
</context>
<context>
    <name>amount</name>
    <message>
        <source>Claimed by the client; nothing was seen on chain yet.</source>
        <translation>客戶申報，鏈上尚未見到。</translation>
    </message>
    <message>
        <source>Credited, exactly as claimed.</source>
        <translation>已入賬，與申報相同。</translation>
    </message>
    <message>
        <source>Credited; claimed were {claimed}, the difference is {difference}.</source>
        <translation>已入賬；申報 {claimed}，相差 {difference}。</translation>
    </message>
    <message>
        <source>Seen on chain, exactly as claimed; not credited.</source>
        <translation>鏈上所見，與申報相同；未入賬。</translation>
    </message>
    <message>
        <source>Seen on chain, not credited; claimed were {claimed}, the difference is {difference}.</source>
        <translation>鏈上所見，未入賬；申報 {claimed}，相差 {difference}。</translation>
    </message>
    <message>
        <source>claimed {amount}</source>
        <translation>申報 {amount}</translation>
    </message>
    <message>
        <source>on chain {amount}</source>
        <translation>鏈上 {amount}</translation>
    </message>
</context>
<context>
    <name>attempt_state</name>
    <message>
        <source>Broadcast</source>
        <translation>已廣播</translation>
    </message>
    <message>
        <source>Failed on chain</source>
        <translation>鏈上執行失敗</translation>
    </message>
    <message>
        <source>In a block</source>
        <translation>已上鏈</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已簽署</translation>
    </message>
</context>
<context>
    <name>audit</name>
    <message>
        <source>Before and after</source>
        <translation>變更前後</translation>
    </message>
    <message>
        <source>Being sealed</source>
        <translation>封存中</translation>
    </message>
    <message>
        <source>Entry {seq}: {fault}</source>
        <translation>第 {seq} 條：{fault}</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>已封存</translation>
    </message>
</context>
<context>
    <name>audit_fault</name>
    <message>
        <source>a seal near this entry is missing</source>
        <translation>此條日誌附近缺少封存值</translation>
    </message>
    <message>
        <source>the time of this entry contradicts the entries around it or its seal</source>
        <translation>此日誌項目的時間與前後項目或其封存時間不符</translation>
    </message>
    <message>
        <source>this entry or its seal was altered</source>
        <translation>此條日誌或其封存值曾被修改</translation>
    </message>
    <message>
        <source>this entry was put in afterwards</source>
        <translation>此條日誌是事後插入</translation>
    </message>
    <message>
        <source>this entry was removed</source>
        <translation>此條日誌曾被移除</translation>
    </message>
</context>
<context>
    <name>balance</name>
    <message>
        <source>Less is there than expected although nothing was sent. Tell your supervisor now, and explain the difference only when the cause is found.</source>
        <translation>並無轉出，餘額卻少於應有數目。請立即通知主管，查明原因後才解釋差異。</translation>
    </message>
    <message>
        <source>More came than transfers explain: a contract may have passed it on. Open the address in the explorer between these blocks and ask the likely client. It cannot be credited here; tell your supervisor what you found, then explain the difference.</source>
        <translation>到賬多於已知轉賬，可能由合約轉入。請在區塊瀏覽器查看此地址於該段區塊的紀錄，並向可能的客戶查詢。此差異不能在此入賬；請把結果告知主管，再解釋差異。</translation>
    </message>
</context>
<context>
    <name>beside</name>
    <message>
        <source>The chain worker</source>
        <translation>鏈上程序</translation>
    </message>
    <message>
        <source>The embedded PostgreSQL</source>
        <translation>內置 PostgreSQL</translation>
    </message>
    <message>
        <source>The local chain</source>
        <translation>本地區塊鏈</translation>
    </message>
    <message>
        <source>The simulated clients</source>
        <translation>模擬客戶</translation>
    </message>
    <message>
        <source>What runs beside the desktop</source>
        <translation>與桌面同時運行的程序</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>它沒有回應</translation>
    </message>
    <message>
        <source>it ended by itself</source>
        <translation>它自行結束</translation>
    </message>
    <message>
        <source>{part} failed at {time} and starts again in {seconds} s: {error}</source>
        <translation>{part} 於 {time} 發生故障，{seconds} 秒後自動重啟：{error}</translation>
    </message>
    <message>
        <source>{part} failed at {time} and was started again: {error}</source>
        <translation>{part} 於 {time} 發生故障，已自動重啟：{error}</translation>
    </message>
    <message>
        <source>{part} failed {times} times in a row, last at {time}, and is not started again: {error} Close the program and start it anew.</source>
        <translation>{part}連續故障 {times} 次，最近一次在 {time}，不再自動重啟：{error} 請關閉程式後重新啟動。</translation>
    </message>
</context>
<context>
    <name>channel</name>
    <message>
        <source>E-mail</source>
        <translation>電郵</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>親身</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>書信</translation>
    </message>
    <message>
        <source>Message in the trading app</source>
        <translation>交易程式內訊息</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>電話</translation>
    </message>
</context>
<context>
    <name>check</name>
    <message>
        <source>Amount</source>
        <translation>金額</translation>
    </message>
    <message>
        <source>Minimum deposit</source>
        <translation>最低入幣額</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網絡</translation>
    </message>
    <message>
        <source>Receiving account</source>
        <translation>收款賬戶</translation>
    </message>
    <message>
        <source>Sending address</source>
        <translation>轉出地址</translation>
    </message>
    <message>
        <source>Time of arrival</source>
        <translation>到達時間</translation>
    </message>
    <message>
        <source>Token contract</source>
        <translation>代幣合約</translation>
    </message>
    <message>
        <source>Transaction result</source>
        <translation>交易結果</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>轉賬</translation>
    </message>
    <message>
        <source>Used for one record only</source>
        <translation>只用於一筆記錄</translation>
    </message>
    <message>
        <source>Verification of the sending wallet</source>
        <translation>轉出錢包認證</translation>
    </message>
</context>
<context>
    <name>client</name>
    <message>
        <source>Copy text</source>
        <translation>複製文字</translation>
    </message>
    <message>
        <source>Dear client,

To verify your wallet {source} on {network}, please sign the following text with it, unchanged, and send us the signature (it begins with 0x):

{challenge}

Signing costs nothing and moves no coins.</source>
        <translation>尊貴的客戶：

為認證閣下在 {network} 的錢包 {source}，請以該錢包對以下文字簽名（請勿改動），並把簽名（以 0x 開頭）回覆我們：

{challenge}

簽名不需費用，亦不會轉移任何幣。</translation>
    </message>
    <message>
        <source>Dear client,

To verify your wallet {source}, please send exactly {amount} on {network} from that wallet to:
{target}

The amount has to be exact to the last digit, and the payment has to arrive before {until}. Do not send from another wallet or an exchange. This payment only verifies the wallet and is not credited as a deposit.</source>
        <translation>尊貴的客戶：

為認證閣下的錢包 {source}，請由該錢包經 {network} 轉出準確金額 {amount} 至：
{target}

金額須與上述完全一致，並須於 {until} 前到達。請勿由其他錢包或交易所轉出。此付款只用於認證錢包，不會作為入幣入賬。</translation>
    </message>
    <message>
        <source>Dear client,

Your deposit {record_no} has been refunded.
Amount: {amount}
Network: {network}
Address: {address}
TXID: {txid}

The refund is final on chain. Please check your wallet, and contact us if anything is unclear.</source>
        <translation>尊貴的客戶：

閣下的入幣 {record_no} 已完成退幣。
金額：{amount}
網絡：{network}
地址：{address}
交易哈希：{txid}

退幣已在鏈上最終確認，請查閱錢包；如有疑問，請與我們聯絡。</translation>
    </message>
    <message>
        <source>Language of the text</source>
        <translation>文字語言</translation>
    </message>
    <message>
        <source>Text for the client</source>
        <translation>給客戶的文字</translation>
    </message>
    <message>
        <source>The token you sent on {network} is not the {coin} that we accept, though its name may be the same. It cannot be credited.</source>
        <translation>閣下在 {network} 轉入的代幣並非本公司接受的 {coin}（名稱可能相同），未能入賬。</translation>
    </message>
    <message>
        <source>The transaction {txid} has already been used for a deposit. If you have sent another one, please give us its TXID.</source>
        <translation>交易 {txid} 已用於一筆入幣。如閣下另有轉賬，請提供該筆的交易哈希。</translation>
    </message>
    <message>
        <source>The wallet address in your application is not a valid address on {network}. Please check it and submit the application again.</source>
        <translation>申請內的錢包地址並非 {network} 的有效地址，請檢查後重新提交申請。</translation>
    </message>
    <message>
        <source>We have not seen your deposit of {claimed} {coin} on {network} to {target} yet. If you have sent it, please give us the TXID; if not, please send it to exactly this address.</source>
        <translation>我們尚未在 {network} 見到閣下轉入 {target} 的 {claimed} {coin}。如已轉出，請提供交易哈希；如未轉出，請轉至上述地址，一字不差。</translation>
    </message>
    <message>
        <source>We received {found} {coin}, and your application says {claimed} {coin}. Please confirm the amount you sent.</source>
        <translation>我們收到 {found} {coin}，而申請金額為 {claimed} {coin}，請確認閣下轉出的金額。</translation>
    </message>
    <message>
        <source>Your application has been closed. Please submit a new one if you still want to deposit.</source>
        <translation>閣下的申請已結束；如仍要入幣，請重新提交申請。</translation>
    </message>
    <message>
        <source>Your deposit came from {found_source}, which is not verified for you yet. We will contact you to verify that it is your wallet.</source>
        <translation>閣下的入幣由 {found_source} 轉出，該地址尚未為閣下認證；我們會聯絡閣下核實錢包。</translation>
    </message>
    <message>
        <source>Your deposit did not go to the address that belongs to your account. We are looking into it and will contact you. Address in your application: {target}.</source>
        <translation>閣下的入幣並非轉入屬於閣下賬戶的地址，我們正在跟進並會聯絡閣下。申請內的地址：{target}。</translation>
    </message>
    <message>
        <source>Your deposit is being refunded or has been refunded. We will contact you about it.</source>
        <translation>閣下的入幣正在退幣或已退幣，我們會就此聯絡閣下。</translation>
    </message>
    <message>
        <source>Your deposit is waiting for your wallet {source} on {network} to be verified. We will contact you with the steps.</source>
        <translation>閣下的入幣正等候認證 {network} 的錢包 {source}，我們會聯絡閣下說明步驟。</translation>
    </message>
    <message>
        <source>Your deposit of {claimed} {coin} arrived in several transfers. Please submit one application for each of them.</source>
        <translation>閣下的 {claimed} {coin} 分多筆到達，請為每筆轉賬分別提交申請。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} arrived after the time allowed for it. We are checking it and will contact you.</source>
        <translation>閣下的 {found} {coin} 逾時到達，我們正在核對並會聯絡閣下。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} has arrived on {network} and is being confirmed. It will be credited by itself.</source>
        <translation>閣下的 {found} {coin} 已到達 {network}，正在確認，完成後會自動入賬。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} has been credited to your account.</source>
        <translation>閣下的 {found} {coin} 已存入賬戶。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} is below the minimum of {minimum} {coin}. We will tell you how it is handled.</source>
        <translation>閣下的入幣 {found} {coin} 低於最低入幣額 {minimum} {coin}，我們會通知閣下處理方式。</translation>
    </message>
    <message>
        <source>Your transaction {txid} does not hold a transfer of {coin}. Please give us the TXID of the transfer itself.</source>
        <translation>閣下的交易 {txid} 並無 {coin} 的轉賬，請提供該筆轉賬本身的交易哈希。</translation>
    </message>
    <message>
        <source>Your transaction {txid} failed on {network}; the coins are still in your wallet. Please send them again and submit a new application.</source>
        <translation>閣下的交易 {txid} 在 {network} 執行失敗，幣仍在閣下的錢包；請重新轉出並提交新申請。</translation>
    </message>
    <message>
        <source>Your transaction {txid} has been sent and waits for a block of {network}. You do not have to do anything.</source>
        <translation>閣下的交易 {txid} 已發出，正等候 {network} 上鏈，無須處理。</translation>
    </message>
    <message>
        <source>Your transaction {txid} is on {found_network}, but your application names {network}. Please submit the application again with the right network; do not send again.</source>
        <translation>閣下的交易 {txid} 在 {found_network}，而申請填寫的是 {network}；請以正確網絡重新提交申請，無須再次轉賬。</translation>
    </message>
    <message>
        <source>Your transaction {txid} went to {found_target}, which is not one of our addresses. Please ask whoever gave you that address.</source>
        <translation>閣下的交易 {txid} 轉至 {found_target}，並非本公司地址；請向提供該地址的一方查詢。</translation>
    </message>
    <message>
        <source>{network} does not know the transaction {txid} that you gave us. Please copy the TXID from your wallet again, and check which network you used.</source>
        <translation>{network} 上找不到閣下提供的交易 {txid}。請從錢包重新複製交易哈希，並檢查所用網絡。</translation>
    </message>
    <message>
        <source>{network} has replaced the block that held your deposit. We are watching whether it is recorded again and will contact you.</source>
        <translation>{network} 已取代閣下入幣所在的區塊，我們正留意該筆轉賬會否再次上鏈，並會聯絡閣下。</translation>
    </message>
    <message>
        <source>{network} is giving inconsistent answers at the moment, so your deposit takes longer. You do not have to do anything.</source>
        <translation>{network} 現時回應不一致，入幣需時較長，閣下無須處理。</translation>
    </message>
</context>
<context>
    <name>column</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>變更</translation>
    </message>
    <message>
        <source>Client number</source>
        <translation>客戶編號</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差異</translation>
    </message>
    <message>
        <source>Difference from the claim</source>
        <translation>與申報相差</translation>
    </message>
    <message>
        <source>Kind of address</source>
        <translation>地址類型</translation>
    </message>
    <message>
        <source>Latest block</source>
        <translation>最新區塊</translation>
    </message>
    <message>
        <source>Leading worker</source>
        <translation>運行中的鏈上程序</translation>
    </message>
    <message>
        <source>Likely client</source>
        <translation>可能的客戶</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>編號</translation>
    </message>
    <message>
        <source>Processed up to block</source>
        <translation>已處理至區塊</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>說明</translation>
    </message>
</context>
<context>
    <name>command</name>
    <message>
        <source>As the system</source>
        <translation>跟隨系統</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>修改密碼…</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>選擇欄位…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>複製儲存格</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>複製所選各行</translation>
    </message>
    <message>
        <source>Copy rows as CSV</source>
        <translation>複製所選各行為 CSV</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>複製連結</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新載入</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即鎖定</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>登出</translation>
    </message>
    <message>
        <source>Look up what was copied</source>
        <translation>查找已複製的內容</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開放</translation>
    </message>
    <message>
        <source>Open in the block explorer</source>
        <translation>在區塊瀏覽器打開</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>二維碼</translation>
    </message>
    <message>
        <source>Quick jump</source>
        <translation>快速前往</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查詢</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>顯示或隱藏詳情</translation>
    </message>
    <message>
        <source>Show or hide the password</source>
        <translation>顯示或隱藏密碼</translation>
    </message>
    <message>
        <source>Text {percent} %</source>
        <translation>文字 {percent}%</translation>
    </message>
    <message>
        <source>{act} ({keys})</source>
        <translation>{act}（{keys}）</translation>
    </message>
    <message>
        <source>{words}   {keys}</source>
        <translation>{words}&#x3000;{keys}</translation>
    </message>
</context>
<context>
    <name>confirmations</name>
    <message>
        <source>Confirmations</source>
        <translation>確認數</translation>
    </message>
    <message>
        <source>latest block {number}, {ago}</source>
        <translation>最新區塊 {number}，{ago}</translation>
    </message>
</context>
<context>
    <name>cryptocurrency</name>
    <message>
        <source>Closed</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Native coin</source>
        <translation>原生幣</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開放</translation>
    </message>
</context>
<context>
    <name>deposit</name>
    <message>
        <source>Address check</source>
        <translation>地址核對</translation>
    </message>
    <message>
        <source>As submitted by the client side</source>
        <translation>客戶端提交內容</translation>
    </message>
    <message>
        <source>Block confirmations</source>
        <translation>區塊確認進度</translation>
    </message>
    <message>
        <source>Check results</source>
        <translation>核對結果</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>申報</translation>
    </message>
    <message>
        <source>Deposit record {number}</source>
        <translation>入幣記錄 {number}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳情</translation>
    </message>
    <message>
        <source>No chain worker is running; confirmations go on when one is.</source>
        <translation>目前沒有鏈上程序在運行；恢復後會繼續確認。</translation>
    </message>
    <message>
        <source>On chain</source>
        <translation>鏈上</translation>
    </message>
    <message>
        <source>Refund {number} · {status}</source>
        <translation>退幣 {number} · {status}</translation>
    </message>
    <message>
        <source>The network has been silent for a while; confirmations go on when blocks come again.</source>
        <translation>網絡已有一段時間沒有新區塊；新區塊出現後會繼續確認。</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>處理歷程</translation>
    </message>
    <message>
        <source>Waits until another worker reports the same transfer; then it is credited.</source>
        <translation>等待另一工作程序匯報同一轉賬，其後入賬。</translation>
    </message>
</context>
<context>
    <name>deposit_meaning</name>
    <message>
        <source>A refund of this deposit is under way.</source>
        <translation>這筆入幣正在退幣。</translation>
    </message>
    <message>
        <source>Final on chain and credited to the client.</source>
        <translation>鏈上已最終確認，並已為客戶入賬。</translation>
    </message>
    <message>
        <source>Its application was deleted. This is final.</source>
        <translation>相關申請已刪除，不可回復。</translation>
    </message>
    <message>
        <source>Received. The source wallet is not verified yet, or the transfer is not on chain yet.</source>
        <translation>已接收。來源錢包尚未認證，或轉賬尚未上鏈。</translation>
    </message>
    <message>
        <source>Revoked by an operator. This is final.</source>
        <translation>已由操作員撤銷，不可回復。</translation>
    </message>
    <message>
        <source>Something does not match; the reason is shown.</source>
        <translation>有資料不符，原因已列明。</translation>
    </message>
    <message>
        <source>The matching transfer is on chain and gathers confirmations.</source>
        <translation>相符的轉賬已上鏈，正在累積確認數。</translation>
    </message>
    <message>
        <source>The refund ended and no money moved.</source>
        <translation>退幣已結束，資金未有轉出。</translation>
    </message>
    <message>
        <source>The refund is final on chain.</source>
        <translation>退幣已在鏈上最終確認。</translation>
    </message>
</context>
<context>
    <name>deposit_next</name>
    <message>
        <source>Nothing is left to do here. A transfer that was attached is among the transfers without a request.</source>
        <translation>此處無須再處理；原先關聯的轉賬已回到「未匹配轉賬」。</translation>
    </message>
    <message>
        <source>Nothing is left to do. A refund can be requested if the client asks for one.</source>
        <translation>無須再處理；如客戶要求，可申請退幣。</translation>
    </message>
    <message>
        <source>Nothing is left to do. The client submits a new request if they still want to deposit.</source>
        <translation>無須再處理；客戶如仍要入幣，須重新提交申請。</translation>
    </message>
    <message>
        <source>Open the refund and see who has to act next.</source>
        <translation>打開退幣單，查看下一步由誰處理。</translation>
    </message>
    <message>
        <source>Open the refund, read why it failed, then request a new one.</source>
        <translation>打開退幣單查看失敗原因，再重新申請。</translation>
    </message>
    <message>
        <source>Read the reason, clear it up with the client, then check again, accept or delete.</source>
        <translation>先看原因並與客戶釐清，再重新核對、核實入賬或刪除。</translation>
    </message>
    <message>
        <source>Tell the client, and record on the refund how and when you did.</source>
        <translation>請通知客戶，並在退幣單記錄通知方式及時間。</translation>
    </message>
    <message>
        <source>Verify the source wallet if it is not verified, and ask the client for the TXID. Revoke only when nothing was sent.</source>
        <translation>如來源錢包未認證請先認證，並向客戶索取交易哈希；確定未有轉出才撤銷。</translation>
    </message>
    <message>
        <source>Wait. It is credited by itself when the confirmations are complete.</source>
        <translation>請等候，確認數足夠後會自動入賬。</translation>
    </message>
</context>
<context>
    <name>deposit_status</name>
    <message>
        <source>Abnormal</source>
        <translation>異常</translation>
    </message>
    <message>
        <source>Confirming</source>
        <translation>確認中</translation>
    </message>
    <message>
        <source>Credited</source>
        <translation>已到賬</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已刪除</translation>
    </message>
    <message>
        <source>Refund failed</source>
        <translation>退幣失敗</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退幣</translation>
    </message>
    <message>
        <source>Refunding</source>
        <translation>退幣中</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已撤銷</translation>
    </message>
    <message>
        <source>Wallet Auth Pending</source>
        <translation>錢包地址認證中</translation>
    </message>
</context>
<context>
    <name>dialog</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Close without keeping what you typed?</source>
        <translation>未提交的內容不會保留，確定關閉？</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放棄內容</translation>
    </message>
    <message>
        <source>Keep writing</source>
        <translation>繼續填寫</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新載入</translation>
    </message>
    <message>
        <source>This changed while you looked at it. Load it again before you go on; what you typed is kept.</source>
        <translation>你查看期間資料已變更，請重新載入再繼續；已輸入的內容會保留。</translation>
    </message>
</context>
<context>
    <name>empty</name>
    <message>
        <source>Every balance of our accounts is explained by transfers. Nothing to do.</source>
        <translation>所有存管賬戶的餘額均與轉賬相符，無須處理。</translation>
    </message>
    <message>
        <source>Every transfer to our accounts belongs to a request. Nothing to do.</source>
        <translation>所有轉入存管賬戶的款項均有對應申請，無須處理。</translation>
    </message>
    <message>
        <source>No applications yet. They appear here by themselves when the client side submits them.</source>
        <translation>尚無入幣申請。客戶端提交後會自動在此出現。</translation>
    </message>
    <message>
        <source>No cryptocurrencies yet. Add the first one; a network has to exist before.</source>
        <translation>尚無加密貨幣。請先建立網絡，再新增第一個幣種。</translation>
    </message>
    <message>
        <source>No custodial accounts yet. Import the addresses the custodian gave you; once another person has confirmed them, each client gets one when first needed.</source>
        <translation>尚未有存管賬戶。請匯入託管方提供的地址；經另一人確認後，客戶首次需要時會自動獲分配一個。</translation>
    </message>
    <message>
        <source>No deposits yet. A record appears here by itself as soon as the client side submits an application.</source>
        <translation>尚無入幣記錄。客戶端提交申請後，記錄會自動在此出現。</translation>
    </message>
    <message>
        <source>No networks yet. Add the first one with at least one node that answers.</source>
        <translation>尚無網絡。請新增第一個，並填寫至少一個可用節點。</translation>
    </message>
    <message>
        <source>No operators yet.</source>
        <translation>尚無操作員。</translation>
    </message>
    <message>
        <source>No refunds yet. A refund is requested from a credited record under Coin Deposit Records.</source>
        <translation>尚無退幣。請在「入幣記錄」中選擇已到賬的記錄申請退幣。</translation>
    </message>
    <message>
        <source>No requests. New logins, permissions that allow more than looking, new passwords and weaker rules wait here for an administrator of another hand.</source>
        <translation>沒有申請。新登入、查詢以外的權限、重設密碼及放寬規則，均在此等候另一位獨立的管理員批准。</translation>
    </message>
    <message>
        <source>No rules yet.</source>
        <translation>尚無業務規則。</translation>
    </message>
    <message>
        <source>No wallet addresses yet. Add a client&apos;s address, then verify it with the client before the deposit.</source>
        <translation>尚無錢包地址。請新增客戶的地址，並在入幣前與客戶完成認證。</translation>
    </message>
    <message>
        <source>Nothing was done yet.</source>
        <translation>尚無操作。</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>A character of {value} is wrong: its capital letters do not fit. Copy the address again.</source>
        <translation>{value} 有字元不正確，大小寫與校驗碼不符，請重新複製地址。</translation>
    </message>
    <message>
        <source>Another worker has taken over {network} (term {epoch}). This one steps back; nothing needs doing.</source>
        <translation>{network} 已由另一個工作程序接手（任期 {epoch}），本程序退下，無須處理。</translation>
    </message>
    <message>
        <source>Application {external_serial} already has the TXID {txid}, which cannot be replaced. Delete the application if the TXID is wrong.</source>
        <translation>申請 {external_serial} 已有交易哈希 {txid}，不可更換；如交易哈希有誤，請刪除申請。</translation>
    </message>
    <message>
        <source>At least {minimum} characters. A sentence of several words is easy to remember.</source>
        <translation>最少 {minimum} 個字元；由數個詞語組成的句子較易記住。</translation>
    </message>
    <message>
        <source>At most {limit} characters. Shorten it.</source>
        <translation>最多 {limit} 個字元，請縮短。</translation>
    </message>
    <message>
        <source>Client {client_no} has no custodial account on {network} to pay to. Import some under Channel Custodial Account.</source>
        <translation>客戶 {client_no} 在 {network} 未有可供付款的存管賬戶，請在「渠道存管賬戶」匯入。</translation>
    </message>
    <message>
        <source>Coins sent to {address} may never reach the client ({risk}). Check with the client, tick that you did, and request the refund again.</source>
        <translation>轉至 {address} 的資產未必能到達客戶手上（{risk}）。請先向客戶查詢並勾選，再申請退幣。</translation>
    </message>
    <message>
        <source>Deposits of {coin} on {network} are switched off. They are switched on under Cryptocurrency.</source>
        <translation>{network} 的 {coin} 現時暫停入幣，可在「加密貨幣」開啟。</translation>
    </message>
    <message>
        <source>Leave your login out of the password.</source>
        <translation>密碼不可包含登入名。</translation>
    </message>
    <message>
        <source>Login or password is wrong. Check both, and the caps lock key.</source>
        <translation>登入名或密碼不正確，請檢查兩者及大寫鎖定鍵。</translation>
    </message>
    <message>
        <source>No custodial account is free on {network}. Import some under Channel Custodial Account.</source>
        <translation>{network} 已無可分配的存管賬戶，請在「渠道存管賬戶」匯入。</translation>
    </message>
    <message>
        <source>No encrypted connection to {server} could be agreed on, so nothing was sent. The administrator looks at the server&apos;s TLS settings.</source>
        <translation>未能與 {server} 建立加密連線，因此沒有傳送任何資料。須由管理員檢查伺服器的 TLS 設定。</translation>
    </message>
    <message>
        <source>No hot wallet is set up for {network}. The administrator has to set one up.</source>
        <translation>{network} 尚未設定熱錢包，請聯繫管理員設定。</translation>
    </message>
    <message>
        <source>Payments on {network} are stopped: {reason}. The administrator has to release them.</source>
        <translation>{network} 已停止付款：{reason}。須由管理員解除。</translation>
    </message>
    <message>
        <source>Refund {refund_no} goes to {address}. Wait until it is finished, or cancel it first.</source>
        <translation>退幣 {refund_no} 的收款地址為 {address}，請待其完成，或先取消。</translation>
    </message>
    <message>
        <source>Request {id} is yours, or about your own login. Another administrator decides it, under Permission Requests.</source>
        <translation>申請 {id} 由你提出，或涉及你的登入。須由另一位管理員在「授權申請」審批。</translation>
    </message>
    <message>
        <source>Somebody else is working on the same thing at this moment. Nothing was changed. Try again in a moment.</source>
        <translation>其他人正在處理同一項目，沒有作出任何更改。請稍後再試。</translation>
    </message>
    <message>
        <source>The account {login} is disabled. An administrator can enable it again.</source>
        <translation>賬號 {login} 已停用，可由管理員重新啟用。</translation>
    </message>
    <message>
        <source>The amount has to be more than zero.</source>
        <translation>金額必須大於零。</translation>
    </message>
    <message>
        <source>The certificate of {server} has expired or is not valid yet, so nothing was sent. The administrator renews it; check the date of this workstation too.</source>
        <translation>{server} 的證書已過期或尚未生效，因此沒有傳送任何資料。須由管理員更新證書；亦請檢查本工作站的日期。</translation>
    </message>
    <message>
        <source>The certificate of {server} is for another name, so nothing was sent. The administrator compares db_host with the certificate.</source>
        <translation>{server} 的證書屬於另一名稱，因此沒有傳送任何資料。須由管理員核對 db_host 與證書。</translation>
    </message>
    <message>
        <source>The certificate of {server} is from an authority that this workstation does not trust, so nothing was sent. The administrator corrects db_sslrootcert, or finds out who is in between.</source>
        <translation>{server} 的證書由本工作站不信任的機構簽發，因此沒有傳送任何資料。須由管理員更正 db_sslrootcert，或查明是否有人從中截取。</translation>
    </message>
    <message>
        <source>The connection broke while this was being done. Whether it was done is not known: look at the record before you do it again.</source>
        <translation>操作進行期間連線中斷，未能確定是否已完成。再次操作前請先查看該筆記錄。</translation>
    </message>
    <message>
        <source>The connection to {server} would not be encrypted and checked, so it was not made. The administrator has to set up its certificate.</source>
        <translation>與 {server} 的連線未能加密及核實身份，因此沒有連接；須由管理員設定其證書。</translation>
    </message>
    <message>
        <source>The content of {refund_no} does not match its fingerprint. Approve and execute nothing, and tell the administrator at once.</source>
        <translation>{refund_no} 的內容與指紋不符。請勿批准或執行，並立即通知管理員。</translation>
    </message>
    <message>
        <source>The database is newer than this program, or was changed by another one: {name} is not what this program knows. Install the program that the administrator upgraded it with.</source>
        <translation>資料庫比本程式新，或被其他程式更改過：{name} 與本程式所知不符。請安裝管理員升級資料庫時所用的程式。</translation>
    </message>
    <message>
        <source>The database is older than this program: {name} has not run there. The administrator runs wbo-desktop db upgrade, or you go on with the older program.</source>
        <translation>資料庫比本程式舊：{name} 尚未執行。請管理員執行 wbo-desktop db upgrade，或繼續使用舊版程式。</translation>
    </message>
    <message>
        <source>The database is starting, recovering or being shut down. Nothing was changed. Wait a moment; it is tried again by itself.</source>
        <translation>資料庫正在啟動、復原或關閉，沒有作出任何更改。請稍候，系統會自動再試。</translation>
    </message>
    <message>
        <source>The database refused an impossible change ({rule}). Nothing was done; tell the administrator.</source>
        <translation>資料庫拒絕了不可能的變更（{rule}），沒有作出任何更改；請通知管理員。</translation>
    </message>
    <message>
        <source>The database took too long, so this was given up. Nothing was changed. Try again; narrow the filter if it was a list.</source>
        <translation>資料庫處理時間過長，操作已放棄，沒有作出任何更改。請再試；如屬列表，請收窄篩選條件。</translation>
    </message>
    <message>
        <source>The external serial number {external_serial} was used before with other content. The client side has to send a new one.</source>
        <translation>外部流水號 {external_serial} 已用於另一內容的申請，客戶端須改用新的流水號。</translation>
    </message>
    <message>
        <source>The file of trusted authorities {path} cannot be read, so nothing was sent. The administrator corrects db_sslrootcert.</source>
        <translation>未能讀取信任機構檔案 {path}，因此沒有傳送任何資料。須由管理員更正 db_sslrootcert。</translation>
    </message>
    <message>
        <source>The hot wallet has {available} for network fees on {network}, and sending this now may need {needed}. Have it topped up, then try again.</source>
        <translation>熱錢包在 {network} 上可用於網絡費的餘額為 {available}，現時轉出可能需要 {needed}；請安排補充後再試。</translation>
    </message>
    <message>
        <source>The hot wallet has {available} {coin} and this needs {needed}. Have it topped up, then try again.</source>
        <translation>熱錢包現有 {available} {coin}，本次需要 {needed}；請安排補充後再試。</translation>
    </message>
    <message>
        <source>The login {login} is taken. Choose another.</source>
        <translation>登入名 {login} 已被使用，請另選一個。</translation>
    </message>
    <message>
        <source>The login {login} may not open a session now: it is disabled, or was not released yet. An administrator sees why under Operators &amp; Permissions.</source>
        <translation>帳戶 {login} 現時不可登入：已停用，或尚未獲批啟用。管理員可在「操作員與權限」查看原因。</translation>
    </message>
    <message>
        <source>The new password is the old one. Choose another.</source>
        <translation>新密碼與舊密碼相同，請另選一個。</translation>
    </message>
    <message>
        <source>The password did not arrive in the form the server wants. Try again; if it stays, update WBO Desktop.</source>
        <translation>密碼未能以伺服器要求的格式送達，請再試；如仍失敗，請更新 WBO Desktop。</translation>
    </message>
    <message>
        <source>The password is wrong, or your login was locked meanwhile. Check the caps lock key, or ask the administrator.</source>
        <translation>密碼不正確，或登入已被鎖定。請檢查大寫鎖定鍵，或向管理員查詢。</translation>
    </message>
    <message>
        <source>The password of {login} was changed outside WBO Desktop, so this login only looks. Tell an administrator, who confirms it under Operators &amp; Permissions.</source>
        <translation>{login} 的密碼在 WBO Desktop 以外被更改，此登入只可查詢。請通知管理員在「操作員與權限」確認。</translation>
    </message>
    <message>
        <source>The screen is locked, so nothing was done. Unlock it and try again.</source>
        <translation>畫面已鎖定，操作並未執行。請解鎖後再試。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Nothing was changed. Check the network; you can try again at any time.</source>
        <translation>未能連接伺服器，沒有作出任何更改。請檢查網絡，隨時可以再試。</translation>
    </message>
    <message>
        <source>The server has no more room or connections for this login now. Nothing was changed. Close other desktops of this login, or ask the administrator.</source>
        <translation>伺服器現時沒有空間或連線可供此帳戶使用，沒有作出任何更改。請關閉此帳戶的其他桌面，或聯絡管理員。</translation>
    </message>
    <message>
        <source>There is no database {database} on {server}. The administrator corrects db_name in the settings.</source>
        <translation>{server} 上沒有名為 {database} 的資料庫；須由管理員更正設定中的 db_name。</translation>
    </message>
    <message>
        <source>This cannot be left empty.</source>
        <translation>此欄不可留空。</translation>
    </message>
    <message>
        <source>This needs the permission “{permission}”. The administrator grants it.</source>
        <translation>需要「{permission}」權限，請聯繫管理員申請。</translation>
    </message>
    <message>
        <source>This was asked for by {login}. Refuse it instead of withdrawing it.</source>
        <translation>此申請由 {login} 提出，只可拒絕，不可代為撤回。</translation>
    </message>
    <message>
        <source>Too many failed attempts. Try again after {until}, or ask the administrator for a new password.</source>
        <translation>失敗次數過多，請於 {until} 後再試，或請管理員重設密碼。</translation>
    </message>
    <message>
        <source>Too many people use a password like this. Choose several words that do not belong together.</source>
        <translation>這類密碼太常見，請選用數個互不相關的詞語。</translation>
    </message>
    <message>
        <source>Type your password again: this act wants a login younger than {seconds} seconds.</source>
        <translation>請再次輸入密碼：此操作須在登入後 {seconds} 秒內進行。</translation>
    </message>
    <message>
        <source>Write why. Spaces alone do not count.</source>
        <translation>請寫明原因，只有空格不算。</translation>
    </message>
    <message>
        <source>You cannot give yourself “{permission}”. Ask another administrator.</source>
        <translation>不可授予自己「{permission}」權限，請由另一位管理員處理。</translation>
    </message>
    <message>
        <source>Your password was given to you for one login only. Set your own first.</source>
        <translation>現時密碼只供首次登入使用，請先設定自己的密碼。</translation>
    </message>
    <message>
        <source>Your session has ended. Log in again; nothing you did is lost.</source>
        <translation>登入已到期，請重新登入；已完成的操作不受影響。</translation>
    </message>
    <message>
        <source>{address} is assigned to client {client_no} and stays theirs. Only unassigned accounts can be deleted.</source>
        <translation>{address} 已分配予客戶 {client_no}，須予保留；只可刪除未分配的賬戶。</translation>
    </message>
    <message>
        <source>{address} is not a wallet of this client. Add and verify it under Client Wallet Address first.</source>
        <translation>{address} 並非此客戶的錢包，請先在「客戶錢包地址」新增並認證。</translation>
    </message>
    <message>
        <source>{address} is not verified for this client (status: {status}). Verify it first, or choose another.</source>
        <translation>{address} 未為此客戶認證（狀態：{status}），請先認證或另選地址。</translation>
    </message>
    <message>
        <source>{address} is verified for another client. Choose a wallet of the client of this deposit.</source>
        <translation>{address} 屬另一客戶已認證的錢包，請選擇本筆入幣客戶的錢包。</translation>
    </message>
    <message>
        <source>{address} is verified for client {client_no}. If both clients really share it, allow that first, with a remark.</source>
        <translation>{address} 已認證予客戶 {client_no}；如兩位客戶確實共用，請先寫下備註允許共用。</translation>
    </message>
    <message>
        <source>{address} is verified on {network}, not on the deposit&apos;s network. A refund goes back on the network it came from.</source>
        <translation>{address} 認證於 {network}，並非入幣所用網絡；退幣須經原網絡退回。</translation>
    </message>
    <message>
        <source>{address} was added, or its proof was begun, by {common}, who counts as one person with {login}. Where no approval is needed, somebody else has to request a refund to it.</source>
        <translation>新增 {address} 或開始其認證的 {common} 與 {login} 視為同一人。在無須批准的情況下，退幣往此地址須由另一人申請。</translation>
    </message>
    <message>
        <source>{address} was deleted. Add it again if the client still uses it.</source>
        <translation>{address} 已刪除；如客戶仍使用，請重新新增。</translation>
    </message>
    <message>
        <source>{address} was verified only recently. Refunds to it are possible from {until}.</source>
        <translation>{address} 剛完成認證，{until} 起才可退幣至此地址。</translation>
    </message>
    <message>
        <source>{amount} is less than the smallest unit of the coin. Enter more.</source>
        <translation>{amount} 小於此幣種的最小單位，請輸入較大金額。</translation>
    </message>
    <message>
        <source>{amount} is less than the {limit} credited. Write why the amount is lowered.</source>
        <translation>{amount} 少於入賬金額 {limit}，請寫明調低原因。</translation>
    </message>
    <message>
        <source>{amount} is more than was credited. Enter {limit} or less.</source>
        <translation>{amount} 高於入賬金額，最多只可退 {limit}。</translation>
    </message>
    <message>
        <source>{amount} would exceed today&apos;s limit for {coin}: {used} of {limit} are used. Wait until tomorrow or ask for a higher limit.</source>
        <translation>加上 {amount} 會超出 {coin} 今日上限：已用 {used}，上限 {limit}。請待明日，或申請提高上限。</translation>
    </message>
    <message>
        <source>{amount} {coin} of it is on chain already (TXID {txid}, confirmations: {confirmations}), so it cannot be revoked. Verify the wallet and it goes on by itself; or delete the application, which puts the coins among the transfers without a request.</source>
        <translation>此請求的 {amount} {coin} 已在鏈上（交易哈希 {txid}，確認數 {confirmations}），不能撤銷。請完成錢包認證，記錄會自動繼續；或刪除申請，該筆款項會列入「未匹配轉賬」。</translation>
    </message>
    <message>
        <source>{field}: {sentence}</source>
        <translation>{field}：{sentence}</translation>
    </message>
    <message>
        <source>{id} would be weaker, or a new way for money: this waits for an administrator of another hand.</source>
        <translation>{id} 會變得寬鬆或開放新的資金途徑，須等候另一位獨立的管理員批准。</translation>
    </message>
    <message>
        <source>{login} and {other} count as one person: the passwords of both lead back to {common}. Somebody else has to do this, or the password of one of them is issued by another administrator.</source>
        <translation>{login} 與 {other} 視為同一人：兩者的密碼均源自 {common}。須由其他人處理，或由另一位管理員重發其中一人的密碼。</translation>
    </message>
    <message>
        <source>{login} asked for this and counts as one person with you. Somebody whose password came from another administrator has to decide.</source>
        <translation>此項由 {login} 申請，與你視為同一人。須由密碼來自另一管理員的人員決定。</translation>
    </message>
    <message>
        <source>{login} has approved this already. The next approval has to come from somebody else.</source>
        <translation>{login} 已批准，餘下批准須由其他人作出。</translation>
    </message>
    <message>
        <source>{login} has asked for a change of {id} that is not decided yet. Decide it under Permission Requests first.</source>
        <translation>{login} 已就 {id} 提出申請，尚未審批。請先在「授權申請」審批。</translation>
    </message>
    <message>
        <source>{login} has asked for this already. Another person has to agree to it, or refuse it.</source>
        <translation>{login} 已就此提出申請，須由另一人同意或拒絕。</translation>
    </message>
    <message>
        <source>{login} is not an operator of this desk. Check the login or ask the administrator.</source>
        <translation>{login} 並非本系統的操作員，請檢查登入名或聯繫管理員。</translation>
    </message>
    <message>
        <source>{login} is the last administrator. Make another operator administrator first.</source>
        <translation>{login} 是最後一位管理員，請先授權另一位操作員為管理員。</translation>
    </message>
    <message>
        <source>{login} is the only administrator who is independent of the others; without them nothing could be agreed to any more. Ask the database&apos;s owner for another administrator first.</source>
        <translation>{login} 是唯一獨立於其他人的管理員；若無此人，任何申請均無法批准。請先由資料庫擁有者新增另一位管理員。</translation>
    </message>
    <message>
        <source>{login} requested this refund. Another operator has to approve it.</source>
        <translation>此退幣由 {login} 申請，須由另一位操作員批准。</translation>
    </message>
    <message>
        <source>{network} is halted, so nothing is paid on it. The notice at the top says why; when the administrator has found out and lifted the alarm, refunds go on.</source>
        <translation>{network} 已暫停，該網絡不會付款。原因見上方通知；管理員查明並解除警報後，退幣會繼續。</translation>
    </message>
    <message>
        <source>{network} replaced block {number}, which was final. Tell the administrator at once.</source>
        <translation>{network} 取代了已終局的區塊 {number}，請立即通知管理員。</translation>
    </message>
    <message>
        <source>{network} was expected at block {expected} and is at {actual}. The worker reads it again by itself.</source>
        <translation>{network} 應在區塊 {expected}，實際為 {actual}；系統會自動重新讀取。</translation>
    </message>
    <message>
        <source>{network} was reorganised at block {number}. The worker goes back and reads it again by itself.</source>
        <translation>{network} 在區塊 {number} 出現鏈重組；系統會自動回退並重新讀取。</translation>
    </message>
    <message>
        <source>{object} {id} changed while you looked at it (status now: {status}). Nothing was done. Reload and decide anew.</source>
        <translation>{object} {id} 在你查看期間已變更（現時狀態：{status}），沒有執行任何操作；請重新載入後再決定。</translation>
    </message>
    <message>
        <source>{object} {id} changed while you looked at it. Nothing was done. Reload and decide anew.</source>
        <translation>{object} {id} 在你查看期間已變更，沒有執行任何操作；請重新載入後再決定。</translation>
    </message>
    <message>
        <source>{object} {id} does not exist, or you may not see it. Check the number or load the page again.</source>
        <translation>{object} {id} 不存在，或你無權查閱；請檢查編號或重新載入頁面。</translation>
    </message>
    <message>
        <source>{object} {id} exists already. Open that one instead of adding it again.</source>
        <translation>{object} {id} 已存在，請打開該筆，無須重複新增。</translation>
    </message>
    <message>
        <source>{object} {id} is “{status}” now, so “{wanted}” is not possible. Reload to see what is.</source>
        <translation>{object} {id} 現時為「{status}」，不可進行「{wanted}」；請重新載入查看可行操作。</translation>
    </message>
    <message>
        <source>{record_no} already has the refund {refund_no} under way. Follow that one.</source>
        <translation>{record_no} 已有進行中的退幣 {refund_no}，請跟進該筆。</translation>
    </message>
    <message>
        <source>{refund_no} is signed and may be on its way; it can no longer be cancelled. Follow it instead.</source>
        <translation>{refund_no} 已簽署並可能已發出，不能再取消，請繼續跟進。</translation>
    </message>
    <message>
        <source>{sender} on {network} has sent up to nonce {actual}, and the database knows {expected}. Sending has stopped until the administrator has reconciled both.</source>
        <translation>{network} 的 {sender} 已發送至 nonce {actual}，資料庫記錄為 {expected}；已停止發送，須待管理員對賬。</translation>
    </message>
    <message>
        <source>{sender} on {network} is at nonce {actual}, not {expected}: somebody else uses this wallet. Sending has stopped; tell the administrator.</source>
        <translation>{network} 的 {sender} 現為 nonce {actual}，應為 {expected}，有他人使用此錢包；已停止發送，請通知管理員。</translation>
    </message>
    <message>
        <source>{server} admits no login from this workstation. The administrator adds it to the server&apos;s pg_hba.conf.</source>
        <translation>{server} 不接受本工作站登入；須由管理員在伺服器的 pg_hba.conf 加入本工作站。</translation>
    </message>
    <message>
        <source>{server} can only be read now: a copy, or on its way to take over. Nothing was changed. Wait a moment, or ask the administrator.</source>
        <translation>{server} 現時只可讀取（屬備用伺服器，或正在接管），沒有作出任何更改。請稍候，或聯絡管理員。</translation>
    </message>
    <message>
        <source>{server} could not prove to be the desk&apos;s own server: somebody may be in between. The password was not given away. Tell the administrator at once.</source>
        <translation>{server} 未能證明是本系統的伺服器，可能有人從中截取。密碼沒有外洩。請立即通知管理員。</translation>
    </message>
    <message>
        <source>{server} offers no encryption (TLS), so nothing was sent. The administrator switches it on, or finds out who is in between.</source>
        <translation>{server} 沒有提供加密（TLS），因此沒有傳送任何資料。須由管理員啟用，或查明是否有人從中截取。</translation>
    </message>
    <message>
        <source>{server} refused the connection (SQLSTATE {state}). Tell the administrator this number.</source>
        <translation>{server} 拒絕連線（SQLSTATE {state}）。請把此編號告知管理員。</translation>
    </message>
    <message>
        <source>{server} wants the password in a form that others could read, so it was not sent. The administrator sets scram-sha-256 in pg_hba.conf.</source>
        <translation>{server} 要求以他人可讀取的方式傳送密碼，因此沒有傳送。須由管理員在 pg_hba.conf 設定 scram-sha-256。</translation>
    </message>
    <message>
        <source>{value} has more decimals than the coin, which has {decimals}. Shorten it.</source>
        <translation>{value} 的小數位多於此幣種的 {decimals} 位，請縮短。</translation>
    </message>
    <message>
        <source>{value} is more than any chain can hold. Check the digits.</source>
        <translation>{value} 超出鏈上可表示的上限，請檢查數字。</translation>
    </message>
    <message>
        <source>“{reason}” cannot be accepted by an operator. Clear up the cause and check again, or delete the application.</source>
        <translation>「{reason}」不可由操作員核實入賬；請釐清原因後重新核對，或刪除申請。</translation>
    </message>
    <message>
        <source>“{value}” cannot be used here. Check it and try another.</source>
        <translation>「{value}」不適用，請檢查後更改。</translation>
    </message>
    <message>
        <source>“{value}” is not a TXID: 0x and 64 hexadecimal digits. Copy it whole.</source>
        <translation>「{value}」並非交易哈希：應為 0x 加 64 位十六進制字元，請完整複製。</translation>
    </message>
    <message>
        <source>“{value}” is not an address: 0x and 40 hexadecimal digits. Copy it whole.</source>
        <translation>「{value}」並非地址：應為 0x 加 40 位十六進制字元，請完整複製。</translation>
    </message>
    <message>
        <source>“{value}” is not an amount. Write digits, with a point before the decimals.</source>
        <translation>「{value}」並非金額；請輸入數字，以小數點分隔小數。</translation>
    </message>
</context>
<context>
    <name>failure</name>
    <message>
        <source>A contract was found at the refund address, and nobody was warned of it. Nothing was signed. Cancel this refund, ask the client, then request it again.</source>
        <translation>退幣地址上發現合約，而事前未有提示，沒有簽署。請取消此退幣，向客戶查詢後再重新申請。</translation>
    </message>
    <message>
        <source>A transaction that this database does not know paid this refund. The administrator has to reconcile the hot wallet.</source>
        <translation>此退幣由一筆資料庫並不認識的交易支付，管理員須先核對熱錢包。</translation>
    </message>
    <message>
        <source>Another transaction of the hot wallet took this one&apos;s place; this refund did not move any coin.</source>
        <translation>熱錢包的另一筆交易佔用了此 nonce，本退幣沒有轉出任何幣。</translation>
    </message>
    <message>
        <source>Nothing arrived in time. Start the verification again.</source>
        <translation>限期內未有到達，請重新開始認證。</translation>
    </message>
    <message>
        <source>Signed, but no node takes it now. The same transaction is offered again and again.</source>
        <translation>已簽署，但節點暫不接受；系統會不斷重發同一筆交易。</translation>
    </message>
    <message>
        <source>The address is verified for another client. Allow sharing first, if that is right.</source>
        <translation>地址已認證予另一客戶；如屬正確，請先允許共用。</translation>
    </message>
    <message>
        <source>The amount arrived, but another address signed the transaction. That proves nothing about this wallet: let the client pay it from the wallet itself, or sign a message (wallets that are contracts can only sign).</source>
        <translation>款額已到達，但交易由另一地址簽署，不能證明此錢包屬於客戶：請客戶由該錢包本身支付，或改用簽名驗證（合約錢包只可用簽名驗證）。</translation>
    </message>
    <message>
        <source>The block of the payment was replaced by a reorganisation. It is waited for again.</source>
        <translation>付款所在區塊因鏈重組被取代，正重新等候。</translation>
    </message>
    <message>
        <source>The database refused the signature, because something that the refund rests on has changed. Cancel it, or tell the administrator.</source>
        <translation>退幣所依據的資料已改變，資料庫拒絕簽署；請取消此退幣，或通知管理員。</translation>
    </message>
    <message>
        <source>The hot wallet cannot pay the network&apos;s fee. It is sent once the wallet is topped up with the network&apos;s own coin.</source>
        <translation>熱錢包不足以支付網絡費用；補充網絡原生幣後會自動發送。</translation>
    </message>
    <message>
        <source>The hot wallet has too little of this coin, or would fall below its stop level. It is paid once the wallet is topped up.</source>
        <translation>熱錢包的此幣種餘額不足，或會低於攔截頭寸；補充後會自動支付。</translation>
    </message>
    <message>
        <source>The network asks for higher fees than the limit allows. It is sent when they fall.</source>
        <translation>網絡費用高於所設上限；費用回落後會自動發送。</translation>
    </message>
    <message>
        <source>The node says that this transfer would fail now. Nothing was signed; it is tried again.</source>
        <translation>節點表示此轉賬現時會失敗，沒有簽署；系統會再試。</translation>
    </message>
    <message>
        <source>The nodes contradict one another about this transaction. Nothing is settled until enough of them agree.</source>
        <translation>各節點對此交易的說法不一，待足夠節點一致後才會有結果。</translation>
    </message>
    <message>
        <source>The refund address is not a verified wallet of the client any more. Cancel this refund and request it again.</source>
        <translation>退幣地址已不是客戶的已認證錢包；請取消此退幣，再重新申請。</translation>
    </message>
    <message>
        <source>The signature was not made by this address. Ask the client to sign the text again, unchanged.</source>
        <translation>簽名並非由此地址作出；請客戶對原文重新簽名，不可改動。</translation>
    </message>
    <message>
        <source>The signer did not sign. It is asked again; tell the administrator if this stays.</source>
        <translation>簽署服務沒有簽署，系統會再請求；如持續如此，請通知管理員。</translation>
    </message>
    <message>
        <source>The signer signed something else. Nothing of it was kept or sent. Tell the administrator at once.</source>
        <translation>簽署服務簽署了其他內容，已全部棄置，沒有發送；請立即通知管理員。</translation>
    </message>
    <message>
        <source>The token refuses this transfer. Nothing was signed; it is tried again.</source>
        <translation>代幣合約拒絕此轉賬，沒有簽署；系統會再試。</translation>
    </message>
    <message>
        <source>The transaction failed on chain; no coin moved.</source>
        <translation>交易在鏈上失敗，幣未有轉移。</translation>
    </message>
    <message>
        <source>The transaction succeeded, but the token shows no transfer. Whether money moved has to be found out; no other refund is possible until then.</source>
        <translation>交易成功，但代幣未有顯示轉賬。須先查明資金是否已轉出，其間不可再退幣。</translation>
    </message>
    <message>
        <source>The transfer wants more gas than any honest one. Nothing was signed. Have the administrator check the coin and the address.</source>
        <translation>此轉賬所需 gas 異常地高，沒有簽署；請管理員檢查幣種和地址。</translation>
    </message>
    <message>
        <source>The wallet was verified only recently and is still cooling off. It is signed afterwards.</source>
        <translation>錢包剛完成認證，仍在冷靜期內；期滿後才會簽署。</translation>
    </message>
    <message>
        <source>There is no contract at the token&apos;s address. Nothing was signed. Have the administrator check the coin.</source>
        <translation>代幣地址上沒有合約，沒有簽署；請管理員檢查此幣種。</translation>
    </message>
    <message>
        <source>What was to be signed is not what was approved. Nothing was signed. Tell the administrator at once.</source>
        <translation>待簽署的內容與已批准的不符，沒有簽署；請立即通知管理員。</translation>
    </message>
</context>
<context>
    <name>field</name>
    <message>
        <source>Accepted by an operator</source>
        <translation>已由操作員核實</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>賬戶編號</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Added by the hand of</source>
        <translation>新增者及其上級帳號</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>After</source>
        <translation>變更後</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>警報</translation>
    </message>
    <message>
        <source>Alert level of the hot wallet</source>
        <translation>提示頭寸</translation>
    </message>
    <message>
        <source>Alert level, in base units</source>
        <translation>提示頭寸（最小單位）</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金額</translation>
    </message>
    <message>
        <source>Amount in base units</source>
        <translation>最小單位金額</translation>
    </message>
    <message>
        <source>Amount on chain</source>
        <translation>鏈上金額</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>批准記錄</translation>
    </message>
    <message>
        <source>Approvals needed</source>
        <translation>所需批准人數</translation>
    </message>
    <message>
        <source>Approved at</source>
        <translation>批准時間</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>批准人</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>申請內容</translation>
    </message>
    <message>
        <source>Asked for by</source>
        <translation>申請人</translation>
    </message>
    <message>
        <source>Asked the client about</source>
        <translation>已向客戶查詢的事項</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>分配時間</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>次數</translation>
    </message>
    <message>
        <source>Balances</source>
        <translation>餘額</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>變更前</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>區塊</translation>
    </message>
    <message>
        <source>Block hash</source>
        <translation>區塊哈希</translation>
    </message>
    <message>
        <source>Broadcast at</source>
        <translation>廣播時間</translation>
    </message>
    <message>
        <source>Cause of failure</source>
        <translation>失敗原因</translation>
    </message>
    <message>
        <source>Chain id</source>
        <translation>鏈編號</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Check results</source>
        <translation>核對結果</translation>
    </message>
    <message>
        <source>Claimed amount</source>
        <translation>申報金額</translation>
    </message>
    <message>
        <source>Claimed, in base units</source>
        <translation>申報金額（最小單位）</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客戶</translation>
    </message>
    <message>
        <source>Client notified at</source>
        <translation>通知客戶時間</translation>
    </message>
    <message>
        <source>Client notified by</source>
        <translation>通知客戶的操作員</translation>
    </message>
    <message>
        <source>Client notified by way of</source>
        <translation>通知客戶渠道</translation>
    </message>
    <message>
        <source>Client number</source>
        <translation>客戶編號</translation>
    </message>
    <message>
        <source>Closed at</source>
        <translation>結束時間</translation>
    </message>
    <message>
        <source>Closed by</source>
        <translation>結束人</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代碼</translation>
    </message>
    <message>
        <source>Coin</source>
        <translation>幣種</translation>
    </message>
    <message>
        <source>Coin number</source>
        <translation>幣種編號</translation>
    </message>
    <message>
        <source>Coin of the micro-payment</source>
        <translation>小額支付幣種</translation>
    </message>
    <message>
        <source>Confirmations</source>
        <translation>確認數</translation>
    </message>
    <message>
        <source>Confirmations by amount</source>
        <translation>按金額分級的確認數</translation>
    </message>
    <message>
        <source>Confirmations required</source>
        <translation>所需確認數</translation>
    </message>
    <message>
        <source>Confirmed at</source>
        <translation>確認時間</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>確認人</translation>
    </message>
    <message>
        <source>Content agreed to</source>
        <translation>退幣內容</translation>
    </message>
    <message>
        <source>Cooling-off of a new wallet (hours)</source>
        <translation>新錢包冷靜期（小時）</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>建立時間</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>建立人</translation>
    </message>
    <message>
        <source>Credited amount</source>
        <translation>入賬金額</translation>
    </message>
    <message>
        <source>Credited at</source>
        <translation>入賬時間</translation>
    </message>
    <message>
        <source>Credited from block</source>
        <translation>可入賬區塊</translation>
    </message>
    <message>
        <source>Credited, in base units</source>
        <translation>入賬金額（最小單位）</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>現時密碼</translation>
    </message>
    <message>
        <source>Database that signs</source>
        <translation>簽署所用資料庫</translation>
    </message>
    <message>
        <source>Decided at</source>
        <translation>決定時間</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>決定人</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>小數位</translation>
    </message>
    <message>
        <source>Deleted at</source>
        <translation>刪除時間</translation>
    </message>
    <message>
        <source>Deleted by</source>
        <translation>刪除人</translation>
    </message>
    <message>
        <source>Deleted by the hand of</source>
        <translation>刪除者及其上級帳號</translation>
    </message>
    <message>
        <source>Deletion asked for at</source>
        <translation>申請刪除時間</translation>
    </message>
    <message>
        <source>Deletion asked for by</source>
        <translation>申請刪除者</translation>
    </message>
    <message>
        <source>Deletion asked for by the hand of</source>
        <translation>申請刪除者及其上級帳號</translation>
    </message>
    <message>
        <source>Deposits</source>
        <translation>入幣</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳情</translation>
    </message>
    <message>
        <source>Disabled at</source>
        <translation>停用時間</translation>
    </message>
    <message>
        <source>Disabled by</source>
        <translation>停用人</translation>
    </message>
    <message>
        <source>Done at</source>
        <translation>完成時間</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>認證憑據</translation>
    </message>
    <message>
        <source>Exact amount</source>
        <translation>準確金額</translation>
    </message>
    <message>
        <source>Exact amount, in base units</source>
        <translation>準確金額（最小單位）</translation>
    </message>
    <message>
        <source>Executed at</source>
        <translation>執行時間</translation>
    </message>
    <message>
        <source>Executed by</source>
        <translation>執行人</translation>
    </message>
    <message>
        <source>Explained at</source>
        <translation>解釋時間</translation>
    </message>
    <message>
        <source>Explained by</source>
        <translation>解釋人</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解釋</translation>
    </message>
    <message>
        <source>Explorer link of a transaction</source>
        <translation>區塊瀏覽器交易連結</translation>
    </message>
    <message>
        <source>Explorer link of an address</source>
        <translation>區塊瀏覽器地址連結</translation>
    </message>
    <message>
        <source>External serial number</source>
        <translation>外部流水號</translation>
    </message>
    <message>
        <source>Fee cap per gas</source>
        <translation>每單位 gas 費用上限</translation>
    </message>
    <message>
        <source>Finality</source>
        <translation>終局規則</translation>
    </message>
    <message>
        <source>Fingerprint of the content</source>
        <translation>內容指紋</translation>
    </message>
    <message>
        <source>First seen on chain</source>
        <translation>首次上鏈時間</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>發現時間</translation>
    </message>
    <message>
        <source>From</source>
        <translation>轉出方</translation>
    </message>
    <message>
        <source>From block</source>
        <translation>起始區塊</translation>
    </message>
    <message>
        <source>Gas limit</source>
        <translation>Gas 上限</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>關連登入</translation>
    </message>
    <message>
        <source>Hand of who asked</source>
        <translation>申請人的關連登入</translation>
    </message>
    <message>
        <source>Hand of who decided</source>
        <translation>審批人的關連登入</translation>
    </message>
    <message>
        <source>Hot wallet</source>
        <translation>熱錢包</translation>
    </message>
    <message>
        <source>How verified</source>
        <translation>認證方式</translation>
    </message>
    <message>
        <source>Identity verified</source>
        <translation>已核實身份</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>匯入批次</translation>
    </message>
    <message>
        <source>Imported at</source>
        <translation>匯入時間</translation>
    </message>
    <message>
        <source>Imported by</source>
        <translation>匯入者</translation>
    </message>
    <message>
        <source>Imported by the hand of</source>
        <translation>匯入者及其上級帳號</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>Kind of object</source>
        <translation>對象類型</translation>
    </message>
    <message>
        <source>Known as</source>
        <translation>所屬機構</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Last answer of the node</source>
        <translation>節點最後回應</translation>
    </message>
    <message>
        <source>Latest block</source>
        <translation>最新區塊</translation>
    </message>
    <message>
        <source>Latest block seen</source>
        <translation>最新區塊時間</translation>
    </message>
    <message>
        <source>Locked until</source>
        <translation>鎖定至</translation>
    </message>
    <message>
        <source>Log index</source>
        <translation>日誌序號</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登入名</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Minimum deposit</source>
        <translation>最低入幣額</translation>
    </message>
    <message>
        <source>Minimum, in base units</source>
        <translation>最低入幣額（最小單位）</translation>
    </message>
    <message>
        <source>Must change the password</source>
        <translation>須修改密碼</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>英文名稱</translation>
    </message>
    <message>
        <source>Name in simplified Chinese</source>
        <translation>簡體中文名稱</translation>
    </message>
    <message>
        <source>Name in traditional Chinese</source>
        <translation>繁體中文名稱</translation>
    </message>
    <message>
        <source>Name shown</source>
        <translation>顯示名稱</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網絡</translation>
    </message>
    <message>
        <source>Network fee</source>
        <translation>網絡費用</translation>
    </message>
    <message>
        <source>Network fee, in base units</source>
        <translation>網絡費用（最小單位）</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密碼</translation>
    </message>
    <message>
        <source>Next nonce</source>
        <translation>下一個 nonce</translation>
    </message>
    <message>
        <source>Nodes that must agree</source>
        <translation>須一致的節點數</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>編號</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>對象</translation>
    </message>
    <message>
        <source>One-time password valid until</source>
        <translation>一次性密碼有效至</translation>
    </message>
    <message>
        <source>Open for its own workstation until</source>
        <translation>原工作站可登入至</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作員</translation>
    </message>
    <message>
        <source>Paid out by a transaction that the desk did not know</source>
        <translation>已由本系統不知悉的交易付出</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>Password issued at</source>
        <translation>密碼發出時間</translation>
    </message>
    <message>
        <source>Password issued by</source>
        <translation>密碼發出人</translation>
    </message>
    <message>
        <source>Password set outside the desk</source>
        <translation>密碼在系統外被更改</translation>
    </message>
    <message>
        <source>Patience with an unknown TXID (seconds)</source>
        <translation>等候未知交易哈希的時間（秒）</translation>
    </message>
    <message>
        <source>Pay to</source>
        <translation>收款地址</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>權限</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>權限</translation>
    </message>
    <message>
        <source>RPC endpoints</source>
        <translation>RPC 節點</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason for the adjustment</source>
        <translation>調整原因</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收時間</translation>
    </message>
    <message>
        <source>Receives refunds from</source>
        <translation>可收取退幣時間</translation>
    </message>
    <message>
        <source>Record number</source>
        <translation>記錄編號</translation>
    </message>
    <message>
        <source>Refund number</source>
        <translation>退幣編號</translation>
    </message>
    <message>
        <source>Refunds a day at most</source>
        <translation>每日退幣上限</translation>
    </message>
    <message>
        <source>Refunds a day, in base units</source>
        <translation>每日退幣上限（最小單位）</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>備註</translation>
    </message>
    <message>
        <source>Remark on closing</source>
        <translation>結束備註</translation>
    </message>
    <message>
        <source>Remark on deciding</source>
        <translation>審批備註</translation>
    </message>
    <message>
        <source>Remark on deletion</source>
        <translation>刪除備註</translation>
    </message>
    <message>
        <source>Request number</source>
        <translation>申請編號</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>申請時間</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>申請人</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>資料列</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封存哈希</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>封存時間</translation>
    </message>
    <message>
        <source>Securities account</source>
        <translation>證券賬號</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序號</translation>
    </message>
    <message>
        <source>Shared with client</source>
        <translation>與客戶共用</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>Sharing agreed to at</source>
        <translation>同意共用時間</translation>
    </message>
    <message>
        <source>Sharing agreed to by</source>
        <translation>同意共用者</translation>
    </message>
    <message>
        <source>Sharing agreed to by the hand of</source>
        <translation>同意共用者及其上級帳號</translation>
    </message>
    <message>
        <source>Sharing allowed</source>
        <translation>允許共用</translation>
    </message>
    <message>
        <source>Sharing asked for at</source>
        <translation>申請共用時間</translation>
    </message>
    <message>
        <source>Sharing asked for by</source>
        <translation>申請共用者</translation>
    </message>
    <message>
        <source>Sharing asked for by the hand of</source>
        <translation>申請共用者及其上級帳號</translation>
    </message>
    <message>
        <source>Shortfall tolerated (%)</source>
        <translation>可接受差額（%）</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>簽名</translation>
    </message>
    <message>
        <source>Signed at</source>
        <translation>簽署時間</translation>
    </message>
    <message>
        <source>Source address</source>
        <translation>來源地址</translation>
    </message>
    <message>
        <source>Source on chain</source>
        <translation>鏈上來源地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Stop level of the hot wallet</source>
        <translation>攔截頭寸</translation>
    </message>
    <message>
        <source>Stop level, in base units</source>
        <translation>攔截頭寸（最小單位）</translation>
    </message>
    <message>
        <source>Stopped because</source>
        <translation>停止原因</translation>
    </message>
    <message>
        <source>TXID</source>
        <translation>交易哈希</translation>
    </message>
    <message>
        <source>TXID of the micro-payment</source>
        <translation>小額支付交易哈希</translation>
    </message>
    <message>
        <source>Target address</source>
        <translation>目標地址</translation>
    </message>
    <message>
        <source>Text to sign</source>
        <translation>待簽名文字</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Tip per gas</source>
        <translation>每單位 gas 小費</translation>
    </message>
    <message>
        <source>To</source>
        <translation>轉入方</translation>
    </message>
    <message>
        <source>To be shared with client</source>
        <translation>擬與客戶共用</translation>
    </message>
    <message>
        <source>To block</source>
        <translation>結束區塊</translation>
    </message>
    <message>
        <source>Token contract</source>
        <translation>代幣合約</translation>
    </message>
    <message>
        <source>Told the client</source>
        <translation>通知內容</translation>
    </message>
    <message>
        <source>Transfer number</source>
        <translation>轉賬編號</translation>
    </message>
    <message>
        <source>Transfer proposed</source>
        <translation>建議配對的轉賬</translation>
    </message>
    <message>
        <source>Two approvals above</source>
        <translation>超過此額須兩人批准</translation>
    </message>
    <message>
        <source>Two approvals above, in base units</source>
        <translation>兩人批准限額（最小單位）</translation>
    </message>
    <message>
        <source>Unlocked at</source>
        <translation>解鎖時間</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新時間</translation>
    </message>
    <message>
        <source>Updated by</source>
        <translation>更新人</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>數值</translation>
    </message>
    <message>
        <source>Verification begun by</source>
        <translation>開始認證者</translation>
    </message>
    <message>
        <source>Verification begun by the hand of</source>
        <translation>開始認證者及其上級帳號</translation>
    </message>
    <message>
        <source>Verified at</source>
        <translation>認證時間</translation>
    </message>
    <message>
        <source>Verified by</source>
        <translation>認證人</translation>
    </message>
    <message>
        <source>Verified for client</source>
        <translation>已認證予客戶</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Wallet added by</source>
        <translation>錢包新增者</translation>
    </message>
    <message>
        <source>Wallet number</source>
        <translation>錢包編號</translation>
    </message>
    <message>
        <source>Wallet status</source>
        <translation>錢包狀態</translation>
    </message>
    <message>
        <source>Wallet verification</source>
        <translation>錢包認證規則</translation>
    </message>
    <message>
        <source>Wallet verified at</source>
        <translation>錢包認證時間</translation>
    </message>
    <message>
        <source>Who may have known the one before</source>
        <translation>可能知悉前一密碼的人</translation>
    </message>
    <message>
        <source>Who may have known the password</source>
        <translation>可能知悉密碼的人</translation>
    </message>
    <message>
        <source>Why it is to be deleted</source>
        <translation>申請刪除原因</translation>
    </message>
    <message>
        <source>Why it is to be shared</source>
        <translation>申請共用原因</translation>
    </message>
    <message>
        <source>Workers that must report</source>
        <translation>須匯報的工作程序數</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>工作站</translation>
    </message>
    <message>
        <source>Workstation of the failed logins</source>
        <translation>登入失敗的工作站</translation>
    </message>
</context>
<context>
    <name>finality</name>
    <message>
        <source>Number of confirmations</source>
        <translation>確認數</translation>
    </message>
    <message>
        <source>The network&apos;s finalized tag</source>
        <translation>網絡的 finalized 標記</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>about {duration} to go</source>
        <translation>尚需約 {duration}</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>剛剛</translation>
    </message>
    <message>
        <source>{duration} ago</source>
        <translation>{duration}前</translation>
    </message>
    <message>
        <source>{hours} {minutes}</source>
        <translation>{hours} {minutes}</translation>
    </message>
</context>
<context>
    <name>level</name>
    <message>
        <source>Low: top up</source>
        <translation>偏低，請補充</translation>
    </message>
    <message>
        <source>Stopped: too low to pay</source>
        <translation>已攔截：不足以付款</translation>
    </message>
</context>
<context>
    <name>log_reading</name>
    <message>
        <source>Server&apos;s log: not read since {time}</source>
        <translation>伺服器日誌：自 {time} 起未讀取</translation>
    </message>
    <message>
        <source>Server&apos;s log: read {ago}, {size} still unread</source>
        <translation>伺服器日誌：{ago}讀取，尚餘 {size} 未讀</translation>
    </message>
    <message>
        <source>The server keeps no log that can be read</source>
        <translation>伺服器沒有可讀取的日誌</translation>
    </message>
    <message>
        <source>The server keeps no log that can be read: wrong passwords are not counted and refused attempts do not reach the audit log. Everything else works. Set log_destination = jsonlog on the server.</source>
        <translation>伺服器沒有可讀取的日誌：輸錯密碼不會計算次數，被拒的操作亦不會記入操作日誌。其他功能照常。請在伺服器設定 log_destination = jsonlog。</translation>
    </message>
    <message>
        <source>The server&apos;s log has not been read since {time}: wrong passwords are not counted and refused attempts do not reach the audit log meanwhile. Everything else works. See whether the worker runs.</source>
        <translation>伺服器日誌自 {time} 起未被讀取：其間輸錯密碼不會計算次數，被拒的操作亦不會記入操作日誌。其他功能照常。請檢查鏈上程序是否運行。</translation>
    </message>
    <message>
        <source>{size} of the server&apos;s log are not read yet, behind since {time}: wrong passwords are counted and refused attempts reach the audit log late. Everything else works. Somebody may be flooding it: see in the audit log who is refused.</source>
        <translation>伺服器日誌尚有 {size} 未讀，自 {time} 起落後：輸錯密碼的次數及被拒的操作會延遲記錄。其他功能照常。可能有人大量觸發日誌，請在操作日誌查看被拒者。</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>Audit Log</source>
        <translation>操作日誌</translation>
    </message>
    <message>
        <source>Balance Differences</source>
        <translation>餘額差異</translation>
    </message>
    <message>
        <source>Business Parameters</source>
        <translation>業務參數設置</translation>
    </message>
    <message>
        <source>Channel Custodial Account</source>
        <translation>渠道存管賬戶</translation>
    </message>
    <message>
        <source>Client Wallet Address</source>
        <translation>客戶錢包地址</translation>
    </message>
    <message>
        <source>Coin Deposit Records</source>
        <translation>入幣記錄</translation>
    </message>
    <message>
        <source>Cryptocurrency</source>
        <translation>加密貨幣</translation>
    </message>
    <message>
        <source>Deposit</source>
        <translation>入幣</translation>
    </message>
    <message>
        <source>Deposit &amp; Withdrawal</source>
        <translation>出入幣</translation>
    </message>
    <message>
        <source>Deposit Application</source>
        <translation>入幣申請</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>資金參數</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網絡</translation>
    </message>
    <message>
        <source>Operators &amp; Permissions</source>
        <translation>操作員與權限</translation>
    </message>
    <message>
        <source>Permission Requests</source>
        <translation>授權申請</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退幣</translation>
    </message>
    <message>
        <source>Rules of the Desk</source>
        <translation>業務規則</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系統管理</translation>
    </message>
    <message>
        <source>Transfers Without Request</source>
        <translation>未匹配轉賬</translation>
    </message>
    <message>
        <source>VA Clearing Management</source>
        <translation>虛擬資產管理</translation>
    </message>
</context>
<context>
    <name>method</name>
    <message>
        <source>Message signature</source>
        <translation>簽名驗證</translation>
    </message>
    <message>
        <source>Micro-payment</source>
        <translation>小額支付驗證</translation>
    </message>
</context>
<context>
    <name>network</name>
    <message>
        <source>Alarm: {alarm}</source>
        <translation>警報：{alarm}</translation>
    </message>
    <message>
        <source>Chain worker {worker} leads</source>
        <translation>鏈上程序 {worker} 運行中</translation>
    </message>
    <message>
        <source>Latest block {head}, seen {age} ago</source>
        <translation>最新區塊 {head}，{age}前</translation>
    </message>
    <message>
        <source>No block of this network was ever seen</source>
        <translation>從未見過此網絡的區塊</translation>
    </message>
    <message>
        <source>No block of {network} was ever seen. Nothing on it is confirmed, credited or refunded until its first block comes; other networks, searching and revoking work.</source>
        <translation>從未見過 {network} 的區塊。首個區塊出現前，該網絡不會確認、入賬或退幣；其他網絡、查詢及撤銷照常運作。</translation>
    </message>
    <message>
        <source>No chain worker is running for {network}. Deposits are still received; confirmations, credits and refunds go on when one runs again.</source>
        <translation>{network} 目前沒有鏈上程序在運行。仍可接收入幣申請；確認、入賬及退幣會在程序恢復後繼續。</translation>
    </message>
    <message>
        <source>No chain worker leads</source>
        <translation>沒有鏈上程序在運行</translation>
    </message>
    <message>
        <source>No node of {network} answers since {since}. On {network} confirmations, credits, micro-payment proofs and the sending of refunds wait, and go on by themselves. Receiving, searching, revoking, requesting, approving and other networks work; a refund executed now is sent later.</source>
        <translation>{network} 的節點自 {since} 起全無回應。{network} 的區塊確認、入賬、小額支付驗證及退幣發送均須等待，恢復後自動繼續。接收申請、查詢、撤銷、申請退幣、批准退幣及其他網絡照常運作；現在執行的退幣會稍後發送。</translation>
    </message>
    <message>
        <source>Refunds on {network} are not sent since {since}; it is tried again every few seconds. Deposits, confirmations and credits work. Tell the administrator if it lasts.</source>
        <translation>{network} 的退幣自 {since} 起未能發送，系統每隔數秒會再嘗試。入幣、區塊確認及入賬照常運作。如持續出現，請通知管理員。</translation>
    </message>
    <message>
        <source>The chain worker reports a fault on {network} since {since}, and tries again: confirmations, credits and refunds on {network} may wait. Searching, revoking and approving work. Tell the administrator if it lasts.</source>
        <translation>鏈上程序自 {since} 起在 {network} 出現故障，正在重試：{network} 的區塊確認、入賬及退幣可能須等待。查詢、撤銷及批准照常運作。如持續出現，請通知管理員。</translation>
    </message>
    <message>
        <source>no node answers</source>
        <translation>節點全無回應</translation>
    </message>
    <message>
        <source>refunds are not sent</source>
        <translation>退幣未能發送</translation>
    </message>
    <message>
        <source>the chain worker reports a fault</source>
        <translation>鏈上程序故障</translation>
    </message>
    <message>
        <source>too few nodes answer</source>
        <translation>回應的節點不足</translation>
    </message>
    <message>
        <source>{network} has brought no new block for {age}. Confirmations, credits and refunds on it wait, and go on by themselves when blocks come again; other networks, searching, revoking and approving work.</source>
        <translation>{network} 已有 {age}沒有新區塊。該網絡的區塊確認、入賬及退幣須等待，新區塊出現後自動繼續；其他網絡、查詢、撤銷及批准照常運作。</translation>
    </message>
    <message>
        <source>{network} is halted. {alarm} On it nothing is confirmed or credited, and no refund is executed or settled, until the administrator has found out why. Receiving, searching, revoking, requesting, approving and other networks work.</source>
        <translation>{network} 已暫停。{alarm}管理員查明原因前，該網絡不會確認、入賬，亦不會執行或完結退幣。接收入幣申請、查詢、撤銷、申請退幣、批准及其他網絡照常運作。</translation>
    </message>
    <message>
        <source>{network} {head} · {age}</source>
        <translation>{network} {head} · {age}</translation>
    </message>
    <message>
        <source>{network}: never seen</source>
        <translation>{network}：從未見過</translation>
    </message>
    <message>
        <source>{network}: {trouble}</source>
        <translation>{network}：{trouble}</translation>
    </message>
    <message>
        <source>{usable} of {nodes} nodes answer, {needed} needed</source>
        <translation>{nodes} 個節點中 {usable} 個有回應，需要 {needed} 個</translation>
    </message>
    <message>
        <source>{usable} of {nodes} nodes of {network} answer since {since}; {needed} have to agree. Blocks are followed, but credits on {network} and the settling of its refunds wait. Everything else works.</source>
        <translation>{network} 自 {since} 起 {nodes} 個節點中只有 {usable} 個有回應，須有 {needed} 個一致。區塊照常跟進，但 {network} 的入賬及退幣完結須等待；其他功能照常運作。</translation>
    </message>
</context>
<context>
    <name>note</name>
    <message>
        <source>A custodial account that is assigned to nobody</source>
        <translation>尚未分配予任何客戶的存管賬戶</translation>
    </message>
    <message>
        <source>A transfer of nothing, as fraudsters send</source>
        <translation>零金額轉賬，騙徒常用手法</translation>
    </message>
    <message>
        <source>A wallet of another client</source>
        <translation>另一客戶的錢包</translation>
    </message>
    <message>
        <source>Accepted by an operator</source>
        <translation>已由操作員核實</translation>
    </message>
    <message>
        <source>Another custodial account of the same client</source>
        <translation>同一客戶的另一存管賬戶</translation>
    </message>
    <message>
        <source>Another wallet of the same client</source>
        <translation>同一客戶的另一錢包</translation>
    </message>
    <message>
        <source>Found by its account, without a TXID</source>
        <translation>無交易哈希，按收款賬戶找到</translation>
    </message>
    <message>
        <source>Its block was replaced by a reorganisation</source>
        <translation>所在區塊已因鏈重組被取代</translation>
    </message>
    <message>
        <source>Less than claimed; what arrived is credited</source>
        <translation>少於申報金額，按實收金額入賬</translation>
    </message>
    <message>
        <source>More than claimed</source>
        <translation>多於申報金額</translation>
    </message>
    <message>
        <source>Nobody has added this wallet yet</source>
        <translation>此錢包尚未新增</translation>
    </message>
    <message>
        <source>Sent, but not in a block yet</source>
        <translation>已發出，尚未上鏈</translation>
    </message>
    <message>
        <source>Several transfers could be meant; the TXID decides</source>
        <translation>有多筆轉賬可能相符，須以交易哈希確定</translation>
    </message>
    <message>
        <source>This wallet was deleted</source>
        <translation>此錢包已刪除</translation>
    </message>
    <message>
        <source>Verified before this request; the coin wants it verified for every deposit</source>
        <translation>認證早於本次申請；此幣種每次入幣均須認證</translation>
    </message>
</context>
<context>
    <name>object_kind</name>
    <message>
        <source>Alarm</source>
        <translation>警報</translation>
    </message>
    <message>
        <source>Approval of a refund</source>
        <translation>退幣批准</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>區塊</translation>
    </message>
    <message>
        <source>Chain id</source>
        <translation>鏈編號</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客戶</translation>
    </message>
    <message>
        <source>Cryptocurrency</source>
        <translation>加密貨幣</translation>
    </message>
    <message>
        <source>Custodial account</source>
        <translation>存管賬戶</translation>
    </message>
    <message>
        <source>Deposit application</source>
        <translation>入幣申請</translation>
    </message>
    <message>
        <source>Deposit record</source>
        <translation>入幣記錄</translation>
    </message>
    <message>
        <source>Difference of a balance</source>
        <translation>餘額差異</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Hot wallet</source>
        <translation>熱錢包</translation>
    </message>
    <message>
        <source>Import of custodial accounts</source>
        <translation>存管賬戶匯入批次</translation>
    </message>
    <message>
        <source>Known address</source>
        <translation>已知地址</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登入名</translation>
    </message>
    <message>
        <source>Login session</source>
        <translation>登入工作階段</translation>
    </message>
    <message>
        <source>Micro-payment</source>
        <translation>小額支付驗證</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網絡</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作員</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>權限</translation>
    </message>
    <message>
        <source>Permission request</source>
        <translation>授權申請</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退幣</translation>
    </message>
    <message>
        <source>Refund transaction</source>
        <translation>退幣交易</translation>
    </message>
    <message>
        <source>Rule of the desk</source>
        <translation>系統規則</translation>
    </message>
    <message>
        <source>Token contract</source>
        <translation>代幣合約</translation>
    </message>
    <message>
        <source>Transaction of the hot wallet</source>
        <translation>熱錢包交易</translation>
    </message>
    <message>
        <source>Transfer on chain</source>
        <translation>鏈上轉賬</translation>
    </message>
    <message>
        <source>Wallet address</source>
        <translation>錢包地址</translation>
    </message>
</context>
<context>
    <name>on_chain</name>
    <message>
        <source>On chain, wallet not verified</source>
        <translation>已上鏈，錢包未認證</translation>
    </message>
    <message>
        <source>The transfer is on chain and waits for nothing but the wallet to be verified.</source>
        <translation>轉賬已上鏈，只待錢包完成認證。</translation>
    </message>
    <message>
        <source>Verify the wallet with the client and the record goes on by itself. It can no longer be revoked; deleting the application puts the coins among the transfers without a request.</source>
        <translation>請與客戶完成錢包認證，記錄會自動繼續。此記錄已不能撤銷；如刪除申請，該筆款項會列入「未匹配轉賬」。</translation>
    </message>
</context>
<context>
    <name>operation</name>
    <message>
        <source>Something unexpected happened and nothing was confirmed as done. Look at the record again before you repeat it. If it persists, tell the administrator error number {number}.</source>
        <translation>發生未預期的錯誤，未能確認操作是否完成。請先重新查看記錄再決定是否重試；如持續出現，請把錯誤編號 {number} 告知管理員。</translation>
    </message>
</context>
<context>
    <name>operator</name>
    <message>
        <source>Active</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>One-time password</source>
        <translation>一次性密碼</translation>
    </message>
    <message>
        <source>Password to be confirmed</source>
        <translation>密碼待確認</translation>
    </message>
    <message>
        <source>Waits for agreement</source>
        <translation>待批准</translation>
    </message>
</context>
<context>
    <name>operator_status</name>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>已啟用</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>Audit log</source>
        <translation>操作日誌</translation>
    </message>
    <message>
        <source>Channel custodial account: operate</source>
        <translation>渠道存管賬戶：操作</translation>
    </message>
    <message>
        <source>Channel custodial account: query</source>
        <translation>渠道存管賬戶：查詢</translation>
    </message>
    <message>
        <source>Client wallet address: operate</source>
        <translation>客戶錢包地址：操作</translation>
    </message>
    <message>
        <source>Client wallet address: query</source>
        <translation>客戶錢包地址：查詢</translation>
    </message>
    <message>
        <source>Coin deposit records: operate</source>
        <translation>入幣記錄：操作</translation>
    </message>
    <message>
        <source>Coin deposit records: query</source>
        <translation>入幣記錄：查詢</translation>
    </message>
    <message>
        <source>Cryptocurrency and network: operate</source>
        <translation>加密貨幣及網絡：操作</translation>
    </message>
    <message>
        <source>Cryptocurrency and network: query</source>
        <translation>加密貨幣及網絡：查詢</translation>
    </message>
    <message>
        <source>Deposit application: operate</source>
        <translation>入幣申請：操作</translation>
    </message>
    <message>
        <source>Deposit application: query</source>
        <translation>入幣申請：查詢</translation>
    </message>
    <message>
        <source>Operators and permissions</source>
        <translation>操作員與權限</translation>
    </message>
    <message>
        <source>Refund: approve</source>
        <translation>退幣：批准</translation>
    </message>
    <message>
        <source>Refund: request and execute</source>
        <translation>退幣：申請及執行</translation>
    </message>
</context>
<context>
    <name>permission_allows</name>
    <message>
        <source>Add and edit cryptocurrencies and networks</source>
        <translation>新增及修改加密貨幣與網絡</translation>
    </message>
    <message>
        <source>Add, verify and delete client wallet addresses</source>
        <translation>新增、認證及刪除客戶錢包地址</translation>
    </message>
    <message>
        <source>Approve a refund that another operator requested</source>
        <translation>批准由其他操作員申請的退幣</translation>
    </message>
    <message>
        <source>Create and disable operators, grant permissions; never moves money alone</source>
        <translation>新增及停用操作員、授予權限；不能單獨動用資金</translation>
    </message>
    <message>
        <source>Delete deposit applications</source>
        <translation>刪除入幣申請</translation>
    </message>
    <message>
        <source>Import custodial accounts and delete unassigned ones</source>
        <translation>匯入存管賬戶及刪除未分配的賬戶</translation>
    </message>
    <message>
        <source>Read and verify the audit log</source>
        <translation>查閱及核驗操作日誌</translation>
    </message>
    <message>
        <source>Request and execute refunds</source>
        <translation>申請及執行退幣</translation>
    </message>
    <message>
        <source>Revoke, check again and accept deposit records</source>
        <translation>撤銷、重新核對及核實入幣記錄</translation>
    </message>
    <message>
        <source>See client wallet addresses</source>
        <translation>查閱客戶錢包地址</translation>
    </message>
    <message>
        <source>See cryptocurrencies and networks</source>
        <translation>查閱加密貨幣及網絡</translation>
    </message>
    <message>
        <source>See custodial accounts</source>
        <translation>查閱存管賬戶</translation>
    </message>
    <message>
        <source>See deposit applications</source>
        <translation>查閱入幣申請</translation>
    </message>
    <message>
        <source>See deposit records and refunds</source>
        <translation>查閱入幣記錄及退幣</translation>
    </message>
</context>
<context>
    <name>policy</name>
    <message>
        <source>Failed logins before the account is locked</source>
        <translation>登入失敗多少次後鎖定賬號</translation>
    </message>
    <message>
        <source>Hours a one-time password is valid</source>
        <translation>一次性密碼有效時數</translation>
    </message>
    <message>
        <source>Hours a wallet verification stays open</source>
        <translation>錢包認證有效時數</translation>
    </message>
    <message>
        <source>Hours before a wallet added by the desk receives refunds</source>
        <translation>操作員新增的錢包可收取退幣前須等候的時數</translation>
    </message>
    <message>
        <source>Hours between request and transfer at most</source>
        <translation>申請與轉賬最多相隔的時數</translation>
    </message>
    <message>
        <source>Hours in which a password that was issued anew still counts as the earlier administrator&apos;s</source>
        <translation>重發密碼後，仍視為由前一位管理員發出的時數</translation>
    </message>
    <message>
        <source>Lock the screen after idle minutes</source>
        <translation>閒置多少分鐘後鎖定畫面</translation>
    </message>
    <message>
        <source>Longest session in hours</source>
        <translation>最長登入時數</translation>
    </message>
    <message>
        <source>Minutes an account stays locked</source>
        <translation>賬號鎖定分鐘數</translation>
    </message>
    <message>
        <source>Refunds need a second person&apos;s approval</source>
        <translation>退幣須由第二人批准</translation>
    </message>
</context>
<context>
    <name>policy_explained</name>
    <message>
        <source>A password made by an administrator has to be replaced within so many hours.</source>
        <translation>由管理員產生的密碼須在此時數內更換。</translation>
    </message>
    <message>
        <source>A transfer that came longer before or after its request than this makes the record abnormal, until an operator accepts it. 0 allows any time.</source>
        <translation>轉賬與申請相隔超過此時數時，記錄列為異常，待操作員核實入賬。0 表示不限時間。</translation>
    </message>
    <message>
        <source>A wallet that an operator added, and not the client&apos;s own application, receives no refund for so many hours after it was verified. Deposits from it are credited at once. 0 switches this off.</source>
        <translation>由操作員新增（而非來自客戶申請）的錢包，認證後須經過此時數，方可收取退幣。由該錢包入幣則即時入賬。0 表示不設等候。</translation>
    </message>
    <message>
        <source>After so many hours everybody logs in anew, however busy they are.</source>
        <translation>登入滿此時數後，所有人都須重新登入，操作中亦然。</translation>
    </message>
    <message>
        <source>After so many minutes without a key or click the screen locks and asks for the password. Work underneath is kept.</source>
        <translation>閒置滿此分鐘數後鎖定畫面，輸入密碼才可解鎖；未完成的工作會保留。</translation>
    </message>
    <message>
        <source>How long a locked account waits until it can try again.</source>
        <translation>賬號被鎖定後，須等候此時間才可再試。</translation>
    </message>
    <message>
        <source>Logins whose passwords lead back to one administrator count as one person. When another administrator issues a password, its owner has so many hours to notice before the login counts as that administrator&apos;s.</source>
        <translation>密碼源自同一位管理員的登入視為同一人。另一位管理員重發密碼後，須經過此時數讓本人察覺，該登入才視為源自後者。</translation>
    </message>
    <message>
        <source>So many wrong passwords in a row lock the account for a while.</source>
        <translation>連續輸錯密碼達此次數，賬號會暫時鎖定。</translation>
    </message>
    <message>
        <source>The client&apos;s payment or signature has to arrive within so many hours.</source>
        <translation>客戶的付款或簽名須在此時數內到達。</translation>
    </message>
    <message>
        <source>When on, nobody can refund alone: another operator has to approve before money leaves.</source>
        <translation>開啟後無人可單獨退幣：資金轉出前須由另一位操作員批准。</translation>
    </message>
</context>
<context>
    <name>reason</name>
    <message>
        <source>Amount differs</source>
        <translation>金額不符</translation>
    </message>
    <message>
        <source>Another client&apos;s account</source>
        <translation>屬另一客戶的賬戶</translation>
    </message>
    <message>
        <source>Arrived late</source>
        <translation>逾時到達</translation>
    </message>
    <message>
        <source>Below minimum</source>
        <translation>低於最低額</translation>
    </message>
    <message>
        <source>Invalid address</source>
        <translation>地址無效</translation>
    </message>
    <message>
        <source>No transfer inside</source>
        <translation>未含轉賬</translation>
    </message>
    <message>
        <source>Nodes disagree</source>
        <translation>節點結果不一致</translation>
    </message>
    <message>
        <source>Not our address</source>
        <translation>非本公司地址</translation>
    </message>
    <message>
        <source>Paid in parts</source>
        <translation>分筆支付</translation>
    </message>
    <message>
        <source>Reverted by reorganisation</source>
        <translation>因鏈重組撤回</translation>
    </message>
    <message>
        <source>Sender not verified</source>
        <translation>轉出地址未認證</translation>
    </message>
    <message>
        <source>TXID already used</source>
        <translation>交易哈希已被使用</translation>
    </message>
    <message>
        <source>TXID not found</source>
        <translation>找不到交易哈希</translation>
    </message>
    <message>
        <source>Transaction failed</source>
        <translation>交易失敗</translation>
    </message>
    <message>
        <source>Transfer not seen yet</source>
        <translation>尚未見到轉賬</translation>
    </message>
    <message>
        <source>Wallet not verified</source>
        <translation>錢包未認證</translation>
    </message>
    <message>
        <source>Wrong network</source>
        <translation>網絡錯誤</translation>
    </message>
    <message>
        <source>Wrong token contract</source>
        <translation>代幣合約錯誤</translation>
    </message>
</context>
<context>
    <name>reason_next</name>
    <message>
        <source>Accept the transfer that belongs here, with a remark, and ask the client for one application a transfer.</source>
        <translation>核實屬於本記錄的一筆轉賬並寫下備註，再請客戶為每筆轉賬分別提交申請。</translation>
    </message>
    <message>
        <source>Accept with a remark if your supervisor agrees; otherwise tell the client the minimum.</source>
        <translation>如主管同意，寫下備註後核實入賬；否則請通知客戶最低入幣額。</translation>
    </message>
    <message>
        <source>Ask the client for the TXID of the transfer itself, then check again or delete.</source>
        <translation>請向客戶索取該筆轉賬本身的交易哈希，然後重新核對或刪除。</translation>
    </message>
    <message>
        <source>Ask the client to copy the TXID from their wallet again and to name the network; then check again, or delete.</source>
        <translation>請客戶從錢包重新複製交易哈希並說明所用網絡，然後重新核對或刪除。</translation>
    </message>
    <message>
        <source>Ask the client why it took so long, then accept with a remark or delete.</source>
        <translation>先向客戶了解延誤原因，再寫下備註核實入賬，或刪除申請。</translation>
    </message>
    <message>
        <source>Check again in some minutes. If it stays, tell the administrator which network it is.</source>
        <translation>數分鐘後重新核對；如仍不一致，請把網絡名稱告知管理員。</translation>
    </message>
    <message>
        <source>Check again once the network is calm. If the client was credited, tell your supervisor now.</source>
        <translation>待網絡穩定後重新核對；如已為客戶入賬，請立即通知主管。</translation>
    </message>
    <message>
        <source>Compare both amounts with the client. Accept what arrived, with a remark, or delete the application.</source>
        <translation>與客戶核對兩個金額；按實收金額核實入賬並寫下備註，或刪除申請。</translation>
    </message>
    <message>
        <source>Delete the application and ask the client to submit it again with the right address.</source>
        <translation>刪除申請，並請客戶以正確地址重新提交。</translation>
    </message>
    <message>
        <source>Do not credit. Find out with both clients whose coins they are and tell your supervisor.</source>
        <translation>請勿入賬。向兩位客戶查明款項誰屬，並通知主管。</translation>
    </message>
    <message>
        <source>Do not credit. Show the client the contract on chain and the listed one, then delete.</source>
        <translation>請勿入賬。向客戶展示鏈上合約與上架合約的分別，然後刪除。</translation>
    </message>
    <message>
        <source>Open the other record with this TXID. Delete this application if it repeats that one.</source>
        <translation>請打開使用此交易哈希的另一記錄；如本申請屬重複，請刪除。</translation>
    </message>
    <message>
        <source>Tell the client which network the coins are on. Delete this application; a new one must name that network.</source>
        <translation>告知客戶幣在哪個網絡，並刪除本申請；新申請須填寫該網絡。</translation>
    </message>
    <message>
        <source>The coins are still in the client&apos;s wallet. Ask them to send again, then delete this one.</source>
        <translation>幣仍在客戶錢包。請客戶重新轉賬，然後刪除本申請。</translation>
    </message>
    <message>
        <source>Verify the sending address with the client under Client Wallet Address, then check again.</source>
        <translation>請在「客戶錢包地址」與客戶認證轉出地址，然後重新核對。</translation>
    </message>
    <message>
        <source>Verify the wallet with the client under Client Wallet Address; the record goes on by itself.</source>
        <translation>請在「客戶錢包地址」與客戶完成認證，記錄會自動繼續。</translation>
    </message>
    <message>
        <source>Wait, or ask the client for the TXID. Revoke when the client says nothing was sent.</source>
        <translation>請等候，或向客戶索取交易哈希；如客戶表示未有轉出，可撤銷。</translation>
    </message>
    <message>
        <source>We cannot reach those coins. Show the client the target on chain beside our account, then delete.</source>
        <translation>這些幣不在本公司掌握之內。向客戶展示鏈上目標地址與本公司賬戶的分別，然後刪除。</translation>
    </message>
</context>
<context>
    <name>reason_sentence</name>
    <message>
        <source>No matching transfer has been seen on chain yet.</source>
        <translation>鏈上尚未見到相符的轉賬。</translation>
    </message>
    <message>
        <source>Our nodes give different answers about this transfer, so it is not credited.</source>
        <translation>各節點對此轉賬的回應不一致，因此不予入賬。</translation>
    </message>
    <message>
        <source>The amount on chain differs from the claim by more than the coin&apos;s tolerance.</source>
        <translation>鏈上金額與申報金額的差距超出此幣種可接受的範圍。</translation>
    </message>
    <message>
        <source>The amount on chain is below the minimum deposit of the coin.</source>
        <translation>鏈上金額低於此幣種的最低入幣額。</translation>
    </message>
    <message>
        <source>The client paid in several transfers; no single one makes up the claim.</source>
        <translation>客戶分筆轉賬，沒有一筆與申報金額相符。</translation>
    </message>
    <message>
        <source>The coins came from an address that is not verified for this client.</source>
        <translation>轉出地址並非此客戶已認證的地址。</translation>
    </message>
    <message>
        <source>The network does not know the TXID the client gave.</source>
        <translation>網絡上找不到客戶提供的交易哈希。</translation>
    </message>
    <message>
        <source>The network replaced the block that held the transfer; the coins are not there any more.</source>
        <translation>轉賬所在的區塊已被網絡取代，該筆款項已不存在。</translation>
    </message>
    <message>
        <source>The same transfer already serves another record.</source>
        <translation>同一筆轉賬已用於另一記錄。</translation>
    </message>
    <message>
        <source>The source address in the application is not a valid address.</source>
        <translation>申請內的來源地址並非有效地址。</translation>
    </message>
    <message>
        <source>The token that was sent is not the listed one, though its name may be the same.</source>
        <translation>轉入的代幣並非上架代幣，雖然名稱可能相同。</translation>
    </message>
    <message>
        <source>The transaction exists, but on another network than the application names.</source>
        <translation>交易存在，但所在網絡與申請不同。</translation>
    </message>
    <message>
        <source>The transaction failed on chain; no coin moved.</source>
        <translation>交易在鏈上失敗，幣未有轉移。</translation>
    </message>
    <message>
        <source>The transaction succeeded, but it holds no transfer of this coin.</source>
        <translation>交易成功，但當中沒有此幣種的轉賬。</translation>
    </message>
    <message>
        <source>The transfer arrived after the time that the application allowed for.</source>
        <translation>轉賬到達時已超過申請容許的時限。</translation>
    </message>
    <message>
        <source>The transfer went to an address that is not a custodial account of ours.</source>
        <translation>轉賬的收款地址並非本公司的存管賬戶。</translation>
    </message>
    <message>
        <source>The transfer went to the custodial account of another client.</source>
        <translation>轉賬轉入了另一客戶的存管賬戶。</translation>
    </message>
    <message>
        <source>The wallet the client sends from is not verified yet.</source>
        <translation>客戶的來源錢包尚未認證。</translation>
    </message>
</context>
<context>
    <name>receiver</name>
    <message>
        <source>Contract</source>
        <translation>合約地址</translation>
    </message>
    <message>
        <source>Operator {login}, {time}</source>
        <translation>操作員 {login}，{time}</translation>
    </message>
    <message>
        <source>Plain wallet</source>
        <translation>一般錢包</translation>
    </message>
    <message>
        <source>The client&apos;s side ({login}), {time}</source>
        <translation>客戶端（{login}），{time}</translation>
    </message>
    <message>
        <source>This address belongs to {name} and serves many of its customers. Coins that are sent back there may never reach the client.</source>
        <translation>此地址屬 {name}，由其眾多用戶共用；退回該處的資金，客戶可能永遠收不到。</translation>
    </message>
    <message>
        <source>This address is a contract, not a plain wallet. Not every contract can take coins back or hand them on: they may be lost.</source>
        <translation>此地址是合約，並非一般錢包。不是所有合約都能收回或轉出資金，資金可能因此遺失。</translation>
    </message>
    <message>
        <source>{login} added this wallet and requested this refund. Ask the client yourself whether it is theirs.</source>
        <translation>此錢包由 {login} 新增，退幣亦由其申請。請自行向客戶核實錢包屬其所有。</translation>
    </message>
</context>
<context>
    <name>receiver_risk</name>
    <message>
        <source>Address of a contract</source>
        <translation>合約地址</translation>
    </message>
    <message>
        <source>Address of an exchange or the like</source>
        <translation>交易所等共用地址</translation>
    </message>
</context>
<context>
    <name>refund</name>
    <message>
        <source>Not yet told</source>
        <translation>尚未通知</translation>
    </message>
    <message>
        <source>To {client} on {network}</source>
        <translation>退予 {client}，網絡 {network}</translation>
    </message>
</context>
<context>
    <name>refund_next</name>
    <message>
        <source>Another operator with the approval permission compares the whole content and approves.</source>
        <translation>由另一位具退幣批准權限的操作員核對全部內容後批准。</translation>
    </message>
    <message>
        <source>Execute the refund; your password is asked for again. Until then it can be cancelled.</source>
        <translation>請執行退幣，屆時須再次輸入密碼；執行前仍可取消。</translation>
    </message>
    <message>
        <source>No money moved. Read the cause, then request a new refund from the deposit record.</source>
        <translation>資金未有轉出。請先查看失敗原因，再從入幣記錄重新申請退幣。</translation>
    </message>
    <message>
        <source>Nothing is left to do. The client has been told.</source>
        <translation>無須再處理；已通知客戶。</translation>
    </message>
    <message>
        <source>Nothing is left to do. The deposit is credited again; a new refund can be requested.</source>
        <translation>無須再處理；入幣記錄已回復「已到賬」，可重新申請退幣。</translation>
    </message>
    <message>
        <source>Read the remark of the approver. The deposit is credited again; a corrected refund can follow.</source>
        <translation>請看批准人的備註。入幣記錄已回復「已到賬」，更正後可重新申請退幣。</translation>
    </message>
    <message>
        <source>Tell the client, then record here how and when you did (Client notified).</source>
        <translation>請通知客戶，再以「已通知客戶」記錄通知方式及時間。</translation>
    </message>
    <message>
        <source>Wait for a block. If it takes long, the sender raises the fee by itself.</source>
        <translation>等候上鏈；如等候過久，系統會自動提高費用。</translation>
    </message>
    <message>
        <source>Wait. It is final when the confirmations are complete.</source>
        <translation>請等候，確認數足夠後即告完成。</translation>
    </message>
    <message>
        <source>Wait. The sender takes it up within seconds; it can be cancelled until it is signed.</source>
        <translation>請等候，系統會在數秒內處理；簽署前仍可取消。</translation>
    </message>
    <message>
        <source>Wait. The signed transaction is being sent to the network.</source>
        <translation>請等候，已簽署的交易正發送至網絡。</translation>
    </message>
</context>
<context>
    <name>refund_status</name>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Awaiting approval</source>
        <translation>待批准</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>已廣播</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Confirming</source>
        <translation>確認中</translation>
    </message>
    <message>
        <source>Executing</source>
        <translation>執行中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退幣</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒絕</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已簽署</translation>
    </message>
</context>
<context>
    <name>request_state</name>
    <message>
        <source>Granted</source>
        <translation>已授予</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒絕</translation>
    </message>
    <message>
        <source>Waiting for a second administrator</source>
        <translation>待第二位管理員批准</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
</context>
<context>
    <name>secret</name>
    <message>
        <source>Caps lock seems to be on</source>
        <translation>大寫鎖定似乎已開啟</translation>
    </message>
</context>
<context>
    <name>sharing</name>
    <message>
        <source>Allowed</source>
        <translation>已允許</translation>
    </message>
    <message>
        <source>Waits for another person</source>
        <translation>待另一人決定</translation>
    </message>
</context>
<context>
    <name>step</name>
    <message>
        <source>Accept it with a remark, if it is right.</source>
        <translation>如屬正確，寫下備註後核實入賬。</translation>
    </message>
    <message>
        <source>Add the wallet under Client Wallet Address.</source>
        <translation>在「客戶錢包地址」新增該錢包。</translation>
    </message>
    <message>
        <source>Ask the client for the TXID.</source>
        <translation>向客戶索取交易哈希。</translation>
    </message>
    <message>
        <source>Ask the client to compare the TXID and the network with their wallet.</source>
        <translation>請客戶與錢包核對交易哈希及網絡。</translation>
    </message>
    <message>
        <source>Ask the client to submit the application again, corrected.</source>
        <translation>請客戶更正後重新提交申請。</translation>
    </message>
    <message>
        <source>Ask the client whose address the coins came from.</source>
        <translation>向客戶查詢轉出地址屬誰。</translation>
    </message>
    <message>
        <source>Check the record again once the cause is cleared up.</source>
        <translation>釐清原因後重新核對該記錄。</translation>
    </message>
    <message>
        <source>Compare the receiving account with the client&apos;s custodial account.</source>
        <translation>核對收款賬戶與客戶的存管賬戶。</translation>
    </message>
    <message>
        <source>Delete the application, if it cannot be cleared up.</source>
        <translation>如無法釐清，刪除申請。</translation>
    </message>
    <message>
        <source>Have the administrator look at the network&apos;s nodes.</source>
        <translation>請管理員檢查該網絡的節點。</translation>
    </message>
    <message>
        <source>Look through the transfers without a request.</source>
        <translation>查看「未匹配轉賬」。</translation>
    </message>
    <message>
        <source>Open the other record that has this transfer.</source>
        <translation>打開已使用此轉賬的另一記錄。</translation>
    </message>
    <message>
        <source>Open the refund.</source>
        <translation>打開退幣單。</translation>
    </message>
    <message>
        <source>Revoke it, if nothing was sent.</source>
        <translation>如未有轉出，撤銷該記錄。</translation>
    </message>
    <message>
        <source>Tell the client to ask whoever owns the receiving address; it is not ours.</source>
        <translation>告知客戶收款地址並非本公司所有，須向該地址持有人查詢。</translation>
    </message>
    <message>
        <source>Tell your supervisor now.</source>
        <translation>立即通知主管。</translation>
    </message>
    <message>
        <source>Verify the wallet with the client.</source>
        <translation>與客戶完成錢包認證。</translation>
    </message>
    <message>
        <source>Wait for the confirmations; it is credited by itself.</source>
        <translation>等候確認數，足夠後自動入賬。</translation>
    </message>
    <message>
        <source>Wait: the transfer may still be on its way to a block.</source>
        <translation>請等候，轉賬可能尚未上鏈。</translation>
    </message>
</context>
<context>
    <name>value</name>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>verdict</name>
    <message>
        <source>Claimed</source>
        <translation>申報</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>On chain</source>
        <translation>鏈上</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>The network&apos;s own coin</source>
        <translation>網絡的原生幣</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>待確定</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>相符</translation>
    </message>
</context>
<context>
    <name>wallet</name>
    <message>
        <source>Waiting for {amount} from this address, valid until {until}</source>
        <translation>等待此地址轉入 {amount}，有效至 {until}</translation>
    </message>
    <message>
        <source>{login} asks to share it with client {client_no}: waits for another person</source>
        <translation>{login} 申請與客戶 {client_no} 共用：待另一人決定</translation>
    </message>
    <message>
        <source>{method}, {time}</source>
        <translation>{method}，{time}</translation>
    </message>
    <message>
        <source>{method}, {time}; added by the desk, receives refunds from {until}</source>
        <translation>{method}，{time}；由操作員新增，{until} 起可收取退幣</translation>
    </message>
</context>
<context>
    <name>wallet_next</name>
    <message>
        <source>Nothing is left to do. Add the address again if the client still uses it.</source>
        <translation>無須再處理；如客戶仍使用此地址，可重新新增。</translation>
    </message>
    <message>
        <source>Nothing is left to do. Deposits from here are credited, and refunds can go here.</source>
        <translation>無須再處理；由此地址入幣可入賬，亦可退幣至此地址。</translation>
    </message>
    <message>
        <source>Start a micro-payment or a message signature with the client to verify the address.</source>
        <translation>請與客戶進行小額支付驗證或簽名驗證，以認證地址。</translation>
    </message>
    <message>
        <source>Wait for the client&apos;s payment or signature. A payment is recognised by itself.</source>
        <translation>等候客戶付款或簽名；付款會自動識別。</translation>
    </message>
</context>
<context>
    <name>wallet_rule</name>
    <message>
        <source>Every deposit</source>
        <translation>每次入幣</translation>
    </message>
    <message>
        <source>Once per address</source>
        <translation>每個地址一次</translation>
    </message>
</context>
<context>
    <name>wallet_status</name>
    <message>
        <source>Deleted</source>
        <translation>已刪除</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>未認證</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已認證</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>認證中</translation>
    </message>
</context>
<context>
    <name>wallet_stop</name>
    <message>
        <source>a stored transaction is not what was approved</source>
        <translation>已儲存的交易與批准內容不符</translation>
    </message>
    <message>
        <source>the block that proved a refund&apos;s failure is gone</source>
        <translation>證明退幣失敗的區塊已消失</translation>
    </message>
    <message>
        <source>the database may not know everything that was sent</source>
        <translation>資料庫可能未有全部發送紀錄</translation>
    </message>
    <message>
        <source>the hot wallet sent something that was not signed here</source>
        <translation>熱錢包發出了並非由本系統簽署的交易</translation>
    </message>
    <message>
        <source>the signer&apos;s address is not this network&apos;s hot wallet</source>
        <translation>簽署地址並非此網絡的熱錢包</translation>
    </message>
</context>
</TS>
